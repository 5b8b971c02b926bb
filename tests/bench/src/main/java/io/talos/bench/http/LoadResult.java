package io.talos.bench.http;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * What one load showed; times are of single requests, from the first byte sent to the last read.
 */
public final class LoadResult {
  private final String name;
  private final int connections;
  private final Duration wall;
  private final Optional<Duration> serverCpu;
  private final SortedMap<Integer, Integer> statuses;
  private final long[] nanos;

  LoadResult(
      String name,
      int connections,
      Duration wall,
      Optional<Duration> serverCpu,
      Map<Integer, Integer> statuses,
      long[] nanos) {
    this.name = name;
    this.connections = connections;
    this.wall = wall;
    this.serverCpu = serverCpu;
    this.statuses = new TreeMap<>(statuses);
    this.nanos = nanos.clone();
    Arrays.sort(this.nanos);
  }

  /** This load and another of the same kind as one. */
  LoadResult plus(LoadResult other) {
    Map<Integer, Integer> both = new TreeMap<>(statuses);
    other.statuses.forEach((status, answers) -> both.merge(status, answers, Integer::sum));
    return new LoadResult(
        name,
        connections,
        wall.plus(other.wall),
        serverCpu.flatMap(cpu -> other.serverCpu.map(cpu::plus)),
        both,
        LongStream.concat(Arrays.stream(nanos), Arrays.stream(other.nanos)).toArray());
  }

  /** What was asked. */
  public String name() {
    return name;
  }

  /** On how many connections. */
  public int connections() {
    return connections;
  }

  /** How many answers there were. */
  public int requests() {
    return nanos.length;
  }

  /** Answers by status. */
  public SortedMap<Integer, Integer> statuses() {
    return new TreeMap<>(statuses);
  }

  /** Answers each second. */
  public double perSecond() {
    return requests() / (wall.toNanos() / 1e9);
  }

  /** The time that {@code share} of the requests did not exceed, in milliseconds. */
  public double millis(double share) {
    if (nanos.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(share * nanos.length);
    return nanos[Math.max(0, rank - 1)] / 1e6;
  }

  /** CPU time of the server's process in seconds, where the system tells it. */
  public Optional<Double> serverCpuSeconds() {
    return serverCpu.map(cpu -> cpu.toNanos() / 1e9);
  }
}
