package io.talos.bench.log;

import java.util.Arrays;

/**
 * Elapsed times of one kind.
 *
 * @param name what was timed
 * @param count how many
 * @param p50 milliseconds that half did not exceed
 * @param p99 milliseconds that 99 of 100 did not exceed
 * @param max milliseconds of the longest
 */
public record Spread(String name, int count, double p50, double p99, double max) {
  private static final double NANOS_PER_MILLI = 1e6;

  /** Of nanoseconds in any order. */
  static Spread of(String name, long[] nanos) {
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    return new Spread(
        name,
        sorted.length,
        at(sorted, 0.5),
        at(sorted, 0.99),
        sorted[sorted.length - 1] / NANOS_PER_MILLI);
  }

  private static double at(long[] sorted, double share) {
    return sorted[(int) Math.ceil(share * sorted.length) - 1] / NANOS_PER_MILLI;
  }
}
