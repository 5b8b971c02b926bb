package io.talos.bench.http;

import io.talos.bench.log.LogResults.AuditCost;
import io.talos.launcher.TalosStack;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What audit adds to a request: the same requests with its events and without, in turns. Without
 * means that a Java agent of the bench passes over the statements that write them; no setting of
 * the product can do that.
 */
public final class AuditCosts {
  /** How it is measured, for the page. */
  public static final String PHASES =
      "1,000 requests on 8 connections to warm up; then five rounds of 100 requests on one"
          + " connection with audit and 100 without";

  private static final int CONNECTIONS = 8;
  private static final int WARM_UP = 1_000;
  private static final int ROUNDS = 5;
  private static final int ALONE = 100;
  private static final double MEDIAN = 0.5;

  private final URI base;
  private final TalosStack stack;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Measures this stack. */
  public AuditCosts(TalosStack stack) {
    this.stack = stack;
    this.base = stack.baseUri();
  }

  /** A read and a tool call. */
  public List<AuditCost> measure(Consumer<String> progress) {
    HttpLoad load =
        new HttpLoad(new InetSocketAddress(base.getHost(), base.getPort()), Optional.empty());
    int requests = WARM_UP + 2 * ROUNDS * ALONE;
    List<AuditCost> costs = new ArrayList<>();
    for (Workload workload :
        new Workloads(base, new Cast(stack), requests, CONNECTIONS).ofAgents(progress)) {
      load.run(workload, CONNECTIONS, WARM_UP);
      Optional<LoadResult> on = Optional.empty();
      Optional<LoadResult> off = Optional.empty();
      for (int round = 0; round < ROUNDS; round++) {
        on = plus(on, load.run(workload, 1, ALONE));
        audit("off");
        try {
          off = plus(off, load.run(workload, 1, ALONE));
        } finally {
          audit("on");
        }
      }
      costs.add(cost(workload.name(), on.orElseThrow(), off.orElseThrow()));
    }
    return costs;
  }

  private static Optional<LoadResult> plus(Optional<LoadResult> before, LoadResult more) {
    return Optional.of(before.map(b -> b.plus(more)).orElse(more));
  }

  private static AuditCost cost(String request, LoadResult on, LoadResult off) {
    for (LoadResult result : List.of(on, off)) {
      if (!result.statuses().keySet().equals(java.util.Set.of(200))) {
        throw new IllegalStateException(request + " was answered " + result.statuses());
      }
    }
    return new AuditCost(request, on.millis(MEDIAN), off.millis(MEDIAN));
  }

  private void audit(String state) {
    try {
      HttpResponse<Void> answer =
          http.send(
              HttpRequest.newBuilder(base.resolve("/bare/audit/" + state))
                  .PUT(HttpRequest.BodyPublishers.noBody())
                  .build(),
              HttpResponse.BodyHandlers.discarding());
      if (answer.statusCode() != 204) {
        throw new IllegalStateException("audit is not switched: " + answer.statusCode());
      }
    } catch (IOException e) {
      throw new IllegalStateException("audit is not switched", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
