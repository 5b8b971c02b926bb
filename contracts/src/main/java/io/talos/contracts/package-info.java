/** The small value types that every other package is built of. */
@NullMarked
package io.talos.contracts;

import org.jspecify.annotations.NullMarked;
