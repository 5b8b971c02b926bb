package io.talos.bench.page;

import io.talos.bench.http.HttpResults;
import io.talos.bench.log.LogResults;
import io.talos.bench.micro.MicroBenchmarks;
import io.talos.contracts.crypto.CryptoProvider;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The page of one run, as Markdown.
 *
 * @param root the project folder
 * @param now when the run began
 * @param loads load averages, by what was about to happen
 * @param micro single operations
 * @param http loads
 * @param log loads of the audit log
 */
public record Report(
    Path root,
    Instant now,
    Map<String, Double> loads,
    MicroResults micro,
    HttpResults http,
    LogResults log) {
  private static final double NANOS_PER_MICRO = 1000;

  private static final List<Ratio> RATIOS =
      List.of(
          new Ratio("Biscuit.verifyAndAuthorize (links=1)", "Capability.verifyCold (links=1)"),
          new Ratio("Biscuit.verifyAndAuthorize (links=3)", "Capability.verifyCold (links=3)"),
          new Ratio(
              "Biscuit.verifyAndAuthorize (links=1)",
              "Capability.verifyCold (links=1) [BouncyCastle]"),
          new Ratio("Biscuit.verifyAndAuthorize (links=1)", "Decision.warm (ask=GRANTED, links=1)"),
          new Ratio("Cedar.authorize (cached=true)", "Roles.decide"),
          new Ratio("Cedar.authorize (cached=false)", "Roles.decide"),
          new Ratio("Biscuit.verify (links=1)", "Capability.verifyCold (links=1)"),
          new Ratio("Biscuit.verify (links=3)", "Capability.verifyCold (links=3)"),
          new Ratio("Capability.verifyCold (links=3)", "Capability.verifyCold (links=1)"),
          new Ratio("Capability.verifyCold (links=1)", "Ed25519.verify"),
          new Ratio("RequestSignature.verify", "Ed25519.verify"),
          new Ratio("Libsignal.oneWay", "Ratchet.oneWay"),
          new Ratio("Libsignal.pingPong", "Ratchet.pingPong"),
          new Ratio("Libsignal.setUp", "Handshake.pqxdh"));

  private record Ratio(String dividend, String divisor) {}

  /** The whole page. */
  public String markdown() {
    List<String> lines = new ArrayList<>();
    lines.add("# Benchmarks, " + now.truncatedTo(ChronoUnit.SECONDS));
    lines.add("");
    lines.add("Written by `tests/bench`; [how to run and read it](README.md).");
    lines.add("");
    about(lines);
    new Targets(micro, http, log).write(lines);
    if (!micro.rows().isEmpty()) {
      operations(lines);
      spreads(lines);
      ratios(lines);
    }
    if (!http.loads().isEmpty()) {
      new HttpSection(http).write(lines);
    }
    if (log.entries() > 0) {
      new LogSection(log).write(lines);
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
    lines.add("| curves | " + CryptoProvider.describe() + "; where a row says so BouncyCastle |");
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
    for (MicroRow row : micro.rows()) {
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
      Optional<MicroRow> over = micro.row(ratio.dividend());
      Optional<MicroRow> under = micro.row(ratio.divisor());
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

  private void spreads(List<String> lines) {
    lines.add("## Spread of the warm decision");
    lines.add("");
    lines.add(
        "Elapsed µs of single operations; each sample holds two readings of the clock, and"
            + " whatever else ran on the machine.");
    lines.add("");
    lines.add("| operation | samples | p50 | p99 | p99.9 |");
    lines.add("|---|---:|---:|---:|---:|");
    for (SampleRow row : micro.samples()) {
      lines.add(
          "| %s | %,d | %s | %s | %s |"
              .formatted(
                  row.name(),
                  row.samples(),
                  micros(row.p50()),
                  micros(row.p99()),
                  micros(row.p999())));
    }
    lines.add("");
    micro.revoked().ifPresent(load -> lines.add(revoked(load)));
    lines.add("");
  }

  private static String revoked(RevokedLoad load) {
    return String.format(
        Locale.ROOT,
        "%,d revoked ids: read in %.1f s (from memory, made up as they are read; without"
            + " PostgreSQL), %,.0f MB of heap, %.1f bytes an id.",
        load.ids(),
        load.seconds(),
        load.bytes() / 1e6,
        (double) load.bytes() / load.ids());
  }

  private static String micros(double nanos) {
    return String.format(Locale.ROOT, "%,.2f", nanos / NANOS_PER_MICRO);
  }

  private static String two(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
