/** Tests of io.talos.contracts.error. */
@NullMarked
package io.talos.contracts.error;

import org.jspecify.annotations.NullMarked;
