/** Stable error codes and the one exception that carries them. */
@NullMarked
package io.talos.contracts.error;

import org.jspecify.annotations.NullMarked;
