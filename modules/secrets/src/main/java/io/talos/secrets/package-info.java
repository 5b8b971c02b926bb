/**
 * Secrets encrypted at rest: the operations that an operator may ask for, and the vault that other
 * modules ask.
 */
@NullMarked
package io.talos.secrets;

import org.jspecify.annotations.NullMarked;
