package io.talos.bench.page;

/**
 * The spread of one operation's elapsed times, in nanoseconds; each sample holds two readings of
 * the clock.
 *
 * @param name class, method and parameters
 * @param samples how many
 */
public record SampleRow(String name, long samples, double p50, double p99, double p999) {}
