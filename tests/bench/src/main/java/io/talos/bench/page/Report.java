package io.talos.bench.page;

import io.talos.bench.http.LoadResult;
import io.talos.bench.http.StackLoad;
import io.talos.bench.micro.MicroBenchmarks;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The page of one run, as Markdown.
 *
 * @param root the project folder
 * @param now when the run began
 * @param loads load averages, by what was about to happen
 * @param micro single operations
 * @param http loads
 */
public record Report(
    Path root,
    Instant now,
    Map<String, Double> loads,
    List<MicroRow> micro,
    List<LoadResult> http) {
  private static final double NANOS_PER_MICRO = 1000;
  private static final double MEDIAN = 0.5;
  private static final double P99 = 0.99;

  private static final List<Ratio> RATIOS =
      List.of(
          new Ratio("Biscuit.verifyAndAuthorize (links=1)", "Capability.verifyCold (links=1)"),
          new Ratio("Biscuit.verifyAndAuthorize (links=3)", "Capability.verifyCold (links=3)"),
          new Ratio("Biscuit.verify (links=1)", "Capability.verifyCold (links=1)"),
          new Ratio("Biscuit.verify (links=3)", "Capability.verifyCold (links=3)"),
          new Ratio("Capability.verifyCold (links=3)", "Capability.verifyCold (links=1)"),
          new Ratio("Capability.verifyCold (links=1)", "Ed25519.verify"),
          new Ratio("RequestSignature.verify", "Ed25519.verify"));

  private record Ratio(String dividend, String divisor) {}

  /** Copies. */
  public Report {
    micro = List.copyOf(micro);
    http = List.copyOf(http);
  }

  /** The whole page. */
  public String markdown() {
    List<String> lines = new ArrayList<>();
    lines.add("# Benchmarks, " + now.truncatedTo(ChronoUnit.SECONDS));
    lines.add("");
    lines.add("Written by `tests/bench`; [how to run and read it](README.md).");
    lines.add("");
    about(lines);
    if (!micro.isEmpty()) {
      operations(lines);
      ratios(lines);
    }
    if (!http.isEmpty()) {
      loads(lines);
    }
    return String.join("\n", lines) + "\n";
  }

  private void about(List<String> lines) {
    lines.add("| | |");
    lines.add("|---|---|");
    lines.add("| commit | " + Machine.commit(root) + " (`+`: with files that differ from it) |");
    lines.add("| machine | " + Machine.hardware() + " |");
    lines.add("| system | " + Machine.system() + " |");
    lines.add("| JVM | " + Machine.jvm() + " |");
    loads.forEach((when, load) -> lines.add("| load average, " + when + " | " + two(load) + " |"));
    lines.add("");
    lines.add(
        "A load average counts what ran on the machine in the minute before. More than 0 before this"
            + " run began, more than about 1 after the single operations, and others were at work:"
            + " the times are too long by an unknown part. Ratios of one run suffer less, CPU time"
            + " less than elapsed time, and the best iteration least.");
    lines.add("");
  }

  private void operations(List<String> lines) {
    lines.add("## Single operations");
    lines.add("");
    lines.add(
        MicroBenchmarks.SETTINGS
            + "; `"
            + String.join(" ", MicroBenchmarks.FLAGS)
            + "`. µs for one operation. CPU is that of the whole JVM, compiler and collector"
            + " included.");
    lines.add("");
    lines.add("| operation | CPU min | CPU median | wall min | wall median | bytes/op |");
    lines.add("|---|---:|---:|---:|---:|---:|");
    for (MicroRow row : micro) {
      lines.add(
          "| %s | %s | %s | %s | %s | %s |"
              .formatted(
                  row.name(),
                  micros(row.cpuMin()),
                  micros(row.cpuMedian()),
                  micros(row.wallMin()),
                  micros(row.wallMedian()),
                  String.format(Locale.ROOT, "%,.0f", row.bytes())));
    }
    lines.add("");
  }

  private void ratios(List<String> lines) {
    lines.add("## Ratios");
    lines.add("");
    lines.add("| | by CPU median | by CPU min | by wall median |");
    lines.add("|---|---:|---:|---:|");
    for (Ratio ratio : RATIOS) {
      Optional<MicroRow> over = row(ratio.dividend());
      Optional<MicroRow> under = row(ratio.divisor());
      if (over.isPresent() && under.isPresent()) {
        MicroRow a = over.get();
        MicroRow b = under.get();
        lines.add(
            "| %s / %s | %s | %s | %s |"
                .formatted(
                    a.name(),
                    b.name(),
                    two(a.cpuMedian() / b.cpuMedian()),
                    two(a.cpuMin() / b.cpuMin()),
                    two(a.wallMedian() / b.wallMedian())));
      }
    }
    lines.add("");
  }

  private Optional<MicroRow> row(String name) {
    return micro.stream().filter(row -> row.name().equals(name)).findFirst();
  }

  private void loads(List<String> lines) {
    lines.add("## HTTP on the loopback interface");
    lines.add("");
    lines.add(
        "The whole stack and the load share the machine: PostgreSQL with a streaming replica,"
            + " asynchronous; Redis; Open Liberty with the whole EAR, full JIT, otherwise the"
            + " JVM's defaults. Closed loop, "
            + StackLoad.PHASES
            + "; a phase ends after 45 s with the answers that it has. Server CPU is Liberty's"
            + " process alone, its compiler and timers included, without PostgreSQL and Redis.");
    lines.add("");
    lines.add(
        "No limit is measured: the limit of one address is raised ("
            + StackLoad.SETTINGS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(setting -> "`" + setting.getKey() + "=" + setting.getValue() + "`")
                .collect(Collectors.joining(", "))
            + "); the limits of a principal are not settings, so each load comes from as many"
            + " principals as stay within their bursts. Every limit is still counted in Redis, and"
            + " each request of a known principal still commits its admission record.");
    lines.add("");
    lines.add(
        "| request | connections | answers | requests/s | p50 ms | p99 ms | server CPU s | CPU"
            + " ms/request |");
    lines.add("|---|---:|---|---:|---:|---:|---:|---:|");
    http.forEach(result -> lines.add(load(result)));
    lines.add("");
  }

  private static String load(LoadResult result) {
    String answers =
        result.statuses().entrySet().stream()
            .map(status -> status.getValue() + " × " + status.getKey())
            .collect(Collectors.joining(", "));
    return "| %s | %d | %s | %s | %s | %s | %s | %s |"
        .formatted(
            result.name(),
            result.connections(),
            answers,
            String.format(Locale.ROOT, "%,.0f", result.perSecond()),
            two(result.millis(MEDIAN)),
            two(result.millis(P99)),
            result.serverCpuSeconds().map(Report::two).orElse("unknown"),
            result
                .serverCpuSeconds()
                .map(seconds -> two(seconds * 1000 / Math.max(1, result.requests())))
                .orElse("unknown"));
  }

  private static String micros(double nanos) {
    return String.format(Locale.ROOT, "%,.2f", nanos / NANOS_PER_MICRO);
  }

  private static String two(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
