/** Runs the cases that this project did not write, and its own vectors. */
@NullMarked
package io.talos.contracts.conformance;

import org.jspecify.annotations.NullMarked;
