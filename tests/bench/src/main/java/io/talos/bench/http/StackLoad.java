package io.talos.bench.http;

import io.talos.launcher.StackSettings;
import io.talos.launcher.TalosStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Brings up the real stack on ports and data of its own, loads it, and takes it down again. */
public final class StackLoad {
  /** What the server is told, for the page. */
  public static final Map<String, String> SETTINGS =
      Map.of(
          "TALOS_POLICY_ADDRESS_REQUESTS_PER_SECOND", "1000000",
          "TALOS_POLICY_ADDRESS_BURST_REQUESTS", "1000000");

  /** How each load runs, for the page. */
  public static final String PHASES =
      "1,500 requests on 8 connections to warm up, then 2,000 on 8, then 300 on 1";

  private static final int CONNECTIONS = 8;
  private static final int WARM_UP = 1500;
  private static final int TOGETHER = 2000;
  private static final int ALONE = 300;

  private StackLoad() {}

  /** Measures everything on a fresh stack. */
  public static List<LoadResult> run(
      StackSettings settings, int portOffset, Instant now, Consumer<String> progress) {
    Path data = settings.root().resolve(".talos").resolve("bench-" + now.toEpochMilli());
    try (TalosStack stack =
        TalosStack.start(settings.beside(portOffset, data), SETTINGS, progress)) {
      return run(stack, progress);
    } finally {
      delete(data);
    }
  }

  private static List<LoadResult> run(TalosStack stack, Consumer<String> progress) {
    URI base = stack.baseUri();
    HttpLoad load =
        new HttpLoad(
            new InetSocketAddress(base.getHost(), base.getPort()), process(stack.liberty().pid()));
    var workloads = new Workloads(base, new Cast(stack), WARM_UP + TOGETHER + ALONE, CONNECTIONS);
    List<Supplier<Workload>> all =
        List.of(
            workloads::probe,
            workloads::anonymous,
            workloads::signed,
            workloads::token,
            workloads::virtualKey,
            workloads::frames);
    List<LoadResult> results = new ArrayList<>();
    for (Supplier<Workload> next : all) {
      Workload workload = next.get();
      progress.accept("Loading " + workload.name() + " …");
      load.run(workload, CONNECTIONS, WARM_UP);
      results.add(load.run(workload, CONNECTIONS, TOGETHER));
      results.add(load.run(workload, 1, ALONE));
    }
    return List.copyOf(results);
  }

  private static Optional<ProcessHandle> process(OptionalLong pid) {
    return pid.isPresent() ? ProcessHandle.of(pid.getAsLong()) : Optional.empty();
  }

  private static void delete(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the data of the bench stack stays behind", e);
    }
  }
}
