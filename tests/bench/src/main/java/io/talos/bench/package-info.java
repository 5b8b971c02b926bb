/** Runs the benchmarks and writes what they showed; nothing here asserts a time. */
@NullMarked
package io.talos.bench;

import org.jspecify.annotations.NullMarked;
