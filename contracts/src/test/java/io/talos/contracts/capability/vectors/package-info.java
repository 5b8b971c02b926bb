/** Makes and runs the capability vectors and their mutations. */
@NullMarked
package io.talos.contracts.capability.vectors;

import org.jspecify.annotations.NullMarked;
