package io.talos.bench.stages;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLongArray;

/** Elapsed times by stage; the newest {@value #SAMPLES_MAX} of each. */
public final class Stages {
  private static final int SAMPLES_MAX = 16_384;
  private static final double NANOS_PER_MICRO = 1000;

  /** The element before the samples counts them. */
  private static final Map<String, AtomicLongArray> TIMES = new ConcurrentSkipListMap<>();

  private Stages() {}

  /** One pass through a stage. */
  public static void record(String stage, long nanos) {
    AtomicLongArray times =
        TIMES.computeIfAbsent(stage, name -> new AtomicLongArray(SAMPLES_MAX + 1));
    long number = times.getAndIncrement(0);
    times.set((int) (number % SAMPLES_MAX) + 1, nanos);
  }

  /** Begins anew. */
  public static void forget() {
    TIMES.clear();
  }

  /** A line for each stage: name, passes, and the median and the mean in microseconds. */
  public static String table() {
    StringBuilder lines = new StringBuilder();
    TIMES.forEach((stage, times) -> lines.append(line(stage, times)));
    return lines.toString();
  }

  private static String line(String stage, AtomicLongArray times) {
    long passes = times.get(0);
    long[] nanos = new long[(int) Math.min(passes, SAMPLES_MAX)];
    Arrays.setAll(nanos, i -> times.get(i + 1));
    Arrays.sort(nanos);
    double mean = Arrays.stream(nanos).average().orElse(0);
    return stage
        + " "
        + passes
        + " "
        + nanos[nanos.length / 2] / NANOS_PER_MICRO
        + " "
        + mean / NANOS_PER_MICRO
        + "\n";
  }
}
