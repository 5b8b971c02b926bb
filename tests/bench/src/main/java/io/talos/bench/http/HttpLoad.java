package io.talos.bench.http;

import io.talos.contracts.Check;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;

/**
 * Closed-loop load: every connection sends its next request when the answer to the last one is
 * read. All requests are made before the clock runs. A closed loop asks less when the server is
 * slow, so its percentiles flatter a server that stalls.
 *
 * <p>Bounded in requests, connections and time; a phase that takes longer than {@link Limits#PHASE}
 * ends early with the answers that it has.
 */
public final class HttpLoad {
  private final InetSocketAddress server;
  private final Optional<ProcessHandle> process;

  /**
   * Load on one server.
   *
   * @param process the server's, whose CPU time is reported
   */
  public HttpLoad(InetSocketAddress server, Optional<ProcessHandle> process) {
    this.server = server;
    this.process = process;
  }

  private record Sample(int status, long nanos) {}

  /** Sends {@code requests} on {@code connections} together and reports. */
  public LoadResult run(Workload workload, int connections, int requests) {
    Check.that(connections > 0, "a load has a connection");
    Check.atMost(connections, Limits.CONNECTIONS_MAX, "the number of connections");
    Check.atMost(requests, Limits.REQUESTS_MAX, "the number of requests");
    Check.that(connections <= workload.principals(), "every connection has a principal");
    List<List<byte[]>> scripts = scripts(workload, connections, requests);
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(connections);
    try {
      List<Future<List<Sample>>> running = new ArrayList<>();
      for (List<byte[]> script : scripts) {
        running.add(threads.submit(player(script, start)));
      }
      Optional<Duration> cpuBefore = cpu();
      long from = System.nanoTime();
      start.countDown();
      List<Sample> samples = joined(running);
      Duration wall = Duration.ofNanos(System.nanoTime() - from);
      Optional<Duration> used = cpu().flatMap(after -> cpuBefore.map(after::minus));
      return result(workload.name(), connections, wall, used, samples);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Connection k asks as principals k, k + c, k + 2c and so on, in turn. */
  private static List<List<byte[]>> scripts(Workload workload, int connections, int requests) {
    List<List<byte[]>> scripts = new ArrayList<>();
    for (int k = 0; k < connections; k++) {
      scripts.add(new ArrayList<>());
    }
    int usable = workload.principals() - workload.principals() % connections;
    for (int i = 0; i < requests; i++) {
      scripts.get(i % connections).add(workload.next(i % usable).bytes().toArray());
    }
    return scripts;
  }

  private Callable<List<Sample>> player(List<byte[]> script, CountDownLatch start) {
    return () -> {
      try (Connection connection = Connection.open(server)) {
        start.await();
        return play(script, connection);
      }
    };
  }

  private static List<Sample> play(List<byte[]> script, Connection connection) throws IOException {
    List<Sample> samples = new ArrayList<>(script.size());
    long end = System.nanoTime() + Limits.PHASE.toNanos();
    for (byte[] request : script) {
      long sent = System.nanoTime();
      if (sent - end > 0) {
        break;
      }
      Connection.Answer answer = connection.exchange(request);
      samples.add(new Sample(answer.status(), System.nanoTime() - sent));
      if (answer.closes()) {
        connection.reopen();
      }
    }
    return samples;
  }

  private static List<Sample> joined(List<Future<List<Sample>>> running) {
    List<Sample> all = new ArrayList<>();
    for (Future<List<Sample>> one : running) {
      try {
        all.addAll(one.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("the load was interrupted", e);
      } catch (ExecutionException e) {
        throw new UncheckedIOException("a connection broke", new IOException(e.getCause()));
      }
    }
    return all;
  }

  private static LoadResult result(
      String name,
      int connections,
      Duration wall,
      Optional<Duration> serverCpu,
      List<Sample> samples) {
    Map<Integer, Integer> statuses =
        samples.stream()
            .collect(Collectors.toMap(Sample::status, s -> 1, Integer::sum, TreeMap::new));
    long[] nanos = samples.stream().mapToLong(Sample::nanos).toArray();
    return new LoadResult(name, connections, wall, serverCpu, statuses, nanos);
  }

  private Optional<Duration> cpu() {
    return process.flatMap(p -> p.info().totalCpuDuration());
  }
}
