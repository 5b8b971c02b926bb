package io.talos.bench.page;

/**
 * One benchmark as the page shows it; nanoseconds for one operation.
 *
 * @param name class, method and parameters
 * @param cpuMin CPU time of the best iteration
 * @param cpuMedian CPU time of the median iteration
 * @param wallMin elapsed time of the best iteration
 * @param wallMedian elapsed time of the median iteration
 * @param bytes allocated for one operation
 */
public record MicroRow(
    String name, double cpuMin, double cpuMedian, double wallMin, double wallMedian, double bytes) {
  /** The same numbers under another name. */
  public MicroRow named(String other) {
    return new MicroRow(other, cpuMin, cpuMedian, wallMin, wallMedian, bytes);
  }
}
