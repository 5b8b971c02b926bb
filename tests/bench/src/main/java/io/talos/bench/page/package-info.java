/** The result page in {@code docs/benchmarks}. */
@NullMarked
package io.talos.bench.page;

import org.jspecify.annotations.NullMarked;
