/** Runs every file of contracts/vectors. */
@NullMarked
package io.talos.contracts.vectors;

import org.jspecify.annotations.NullMarked;
