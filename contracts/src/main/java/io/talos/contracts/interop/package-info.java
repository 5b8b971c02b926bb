/**
 * Readers and verifiers of Talos 1.x formats, with the holes of 1.x closed where the bytes allow.
 */
@NullMarked
package io.talos.contracts.interop;

import org.jspecify.annotations.NullMarked;
