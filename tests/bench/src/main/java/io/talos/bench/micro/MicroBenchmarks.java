package io.talos.bench.micro;

import io.talos.bench.page.MicroResults;
import io.talos.bench.page.MicroRow;
import io.talos.bench.page.RevokedLoad;
import io.talos.bench.page.SampleRow;
import io.talos.contracts.crypto.CryptoProvider;
import io.talos.policy.rights.RevokedIds;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** Runs the benchmarks of this package, each in a JVM of its own, peers among them. */
public final class MicroBenchmarks {
  /** How each benchmark runs, for the page. */
  public static final String SETTINGS =
      "JMH 1.37, average time, 1 thread, 1 fork, 4 x 1 s warm-up, 7 x 0.5 s measured";

  /** Flags of the JVM that measures. */
  public static final List<String> FLAGS = List.of("-Xms512m", "-Xmx512m", "-XX:+UseSerialGC");

  private static final int WARM_UPS = 4;
  private static final int ITERATIONS = 7;
  private static final TimeValue WARM_UP = TimeValue.seconds(1);
  private static final TimeValue ITERATION = TimeValue.milliseconds(500);
  private static final String BOUNCY_CASTLE = "-D" + CryptoProvider.PROPERTY + "=bouncycastle";

  /** What is measured with both libraries of curves. */
  private static final String CURVES = "Capability|Ed25519|RequestSignature";

  /** What is so short that its spread tells more than its average. */
  private static final String SPREAD = "Decision|Roles";

  private static final int REVOKED = 10_000_000;
  private static final String ALLOCATED = "gc.alloc.rate.norm";

  private MicroBenchmarks() {}

  /** Runs those whose class and method match {@code include}. */
  public static MicroResults run(Pattern include) {
    List<MicroRow> rows = new ArrayList<>(rows(run(average(include).build())));
    rows(run(average(include).exclude(allBut(CURVES)).jvmArgsAppend(BOUNCY_CASTLE).build()))
        .forEach(row -> rows.add(row.named(row.name() + " [BouncyCastle]")));
    List<SampleRow> samples =
        run(common(include).exclude(allBut(SPREAD)).mode(Mode.SampleTime).build()).stream()
            .map(MicroBenchmarks::sample)
            .toList();
    boolean revoked = include.matcher(RevokedSetBenchmark.class.getName()).find();
    return new MicroResults(rows, samples, revoked ? Optional.of(loadRevoked()) : Optional.empty());
  }

  private static ChainedOptionsBuilder common(Pattern include) {
    return new OptionsBuilder()
        .include(include.pattern())
        .timeUnit(TimeUnit.NANOSECONDS)
        .threads(1)
        .forks(1)
        .warmupIterations(WARM_UPS)
        .warmupTime(WARM_UP)
        .measurementIterations(ITERATIONS)
        .measurementTime(ITERATION)
        .jvmArgs(FLAGS.toArray(String[]::new))
        .shouldFailOnError(true);
  }

  private static ChainedOptionsBuilder average(Pattern include) {
    return common(include)
        .mode(Mode.AverageTime)
        .addProfiler(GCProfiler.class)
        .addProfiler(ProcessCpu.class);
  }

  private static Collection<RunResult> run(Options options) {
    try {
      return new Runner(options).run();
    } catch (NoBenchmarksException e) {
      return List.of(); // none of those asked for belongs to this pass
    } catch (RunnerException e) {
      throw new IllegalStateException("JMH could not run", e);
    }
  }

  private static String allBut(String classes) {
    return "^(?!.*\\.(" + classes + ")Benchmark\\.).*$";
  }

  private static SampleRow sample(RunResult result) {
    Statistics spread = result.getPrimaryResult().getStatistics();
    return new SampleRow(
        name(result.getParams()),
        spread.getN(),
        spread.getPercentile(50),
        spread.getPercentile(99),
        spread.getPercentile(99.9));
  }

  private static RevokedLoad loadRevoked() {
    long before = used();
    long from = System.nanoTime();
    RevokedIds ids = RevokedSetBenchmark.load(REVOKED);
    double seconds = (System.nanoTime() - from) / 1e9;
    return new RevokedLoad(ids.size(), seconds, used() - before);
  }

  /** A full collection first, or garbage would be counted. */
  private static long used() {
    MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  static List<MicroRow> rows(Collection<RunResult> results) {
    return results.stream().map(MicroBenchmarks::row).toList();
  }

  private static MicroRow row(RunResult result) {
    double[] cpu = sorted(result, iteration -> secondary(iteration, ProcessCpu.LABEL));
    double[] wall = sorted(result, iteration -> iteration.getPrimaryResult().getScore());
    double[] bytes = sorted(result, iteration -> secondary(iteration, ALLOCATED));
    return new MicroRow(
        name(result.getParams()), cpu[0], median(cpu), wall[0], median(wall), median(bytes));
  }

  private static String name(BenchmarkParams params) {
    String[] parts = params.getBenchmark().split("\\.");
    List<String> values = new ArrayList<>();
    params.getParamsKeys().forEach(key -> values.add(key + "=" + params.getParam(key)));
    String type = parts[parts.length - 2].replaceFirst("Benchmark$", "");
    String suffix = values.isEmpty() ? "" : " (" + String.join(", ", values) + ")";
    return type + "." + parts[parts.length - 1] + suffix;
  }

  private static double secondary(IterationResult iteration, String label) {
    var result = iteration.getSecondaryResults().get(label);
    return result == null ? Double.NaN : result.getScore();
  }

  private static double[] sorted(RunResult result, ToDoubleFunction<IterationResult> value) {
    double[] values =
        result.getBenchmarkResults().stream()
            .flatMap(fork -> fork.getIterationResults().stream())
            .mapToDouble(value)
            .toArray();
    Arrays.sort(values);
    return values;
  }

  private static double median(double[] sorted) {
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
