package io.talos.bench.http;

import io.talos.launcher.StackSettings;
import io.talos.launcher.TalosStack;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** Brings up the real stack on ports and data of its own, loads it, and takes it down again. */
public final class StackLoad {
  /** What the server is told, for the page. */
  public static final Map<String, String> SETTINGS =
      Map.of(
          "TALOS_POLICY_ADDRESS_REQUESTS_PER_SECOND", "1000000",
          "TALOS_POLICY_ADDRESS_BURST_REQUESTS", "1000000",
          "TALOS_POLICY_ADDRESS_NEWCOMERS_PER_HOUR", "1000000");

  /** How each load runs, for the page. */
  public static final String PHASES =
      "2,000 requests on 8 connections to warm up, each workload in turn; then three rounds of all"
          + " workloads in turn, each 160 requests on 8 connections and 100 on 1; then 200 on 1 for"
          + " the stages";

  private static final int CONNECTIONS = 8;
  private static final int WARM_UP = 2_000;
  private static final int ROUNDS = 3;
  private static final int TOGETHER = 160;
  private static final int ALONE = 100;
  private static final int STAGES = 200;

  private StackLoad() {}

  /** Measures everything on a fresh stack. */
  public static HttpResults run(
      StackSettings settings, int portOffset, Instant now, Consumer<String> progress) {
    return BenchStack.with(
        settings, portOffset, now, (own, data) -> own, progress, stack -> run(stack, progress));
  }

  private static HttpResults run(TalosStack stack, Consumer<String> progress) {
    URI base = stack.baseUri();
    HttpLoad load =
        new HttpLoad(
            new InetSocketAddress(base.getHost(), base.getPort()), process(stack.liberty().pid()));
    int requests = WARM_UP + ROUNDS * (TOGETHER + ALONE) + STAGES;
    List<Workload> all = new Workloads(base, new Cast(stack), requests, CONNECTIONS).all(progress);
    for (Workload workload : all) {
      progress.accept("Warming up " + workload.name() + " …");
      load.run(workload, CONNECTIONS, WARM_UP);
    }
    Map<String, LoadResult> results = new LinkedHashMap<>();
    for (int round = 1; round <= ROUNDS; round++) {
      progress.accept("Round " + round + " …");
      for (Workload workload : all) {
        add(results, load.run(workload, CONNECTIONS, TOGETHER));
        add(results, load.run(workload, 1, ALONE));
      }
    }
    StageTimes stages = new StageTimes(base);
    List<StageTimes.Row> rows = new ArrayList<>();
    for (Workload workload : all.stream().filter(StackLoad::hasStages).toList()) {
      stages.forget();
      load.run(workload, 1, STAGES);
      rows.addAll(stages.read(workload.name()));
    }
    return new HttpResults(List.copyOf(results.values()), rows);
  }

  /** Frames only, on a fresh stack. */
  public static HttpResults frames(
      StackSettings settings, int portOffset, Instant now, Consumer<String> progress) {
    return BenchStack.with(
        settings, portOffset, now, (own, data) -> own, progress, stack -> frames(stack, progress));
  }

  private static HttpResults frames(TalosStack stack, Consumer<String> progress) {
    URI base = stack.baseUri();
    HttpLoad load =
        new HttpLoad(
            new InetSocketAddress(base.getHost(), base.getPort()), process(stack.liberty().pid()));
    return new HttpResults(new FrameLoads(base, load, progress).run(), List.of());
  }

  private static boolean hasStages(Workload workload) {
    return workload.name().equals(Workloads.SIGNED) || workload.name().equals(Workloads.TOOL);
  }

  private static void add(Map<String, LoadResult> results, LoadResult result) {
    results.merge(result.name() + " " + result.connections(), result, LoadResult::plus);
  }

  private static Optional<ProcessHandle> process(OptionalLong pid) {
    return pid.isPresent() ? ProcessHandle.of(pid.getAsLong()) : Optional.empty();
  }
}
