package io.talos.bench.page;

import io.talos.bench.http.AuditCosts;
import io.talos.bench.log.LogLoad;
import io.talos.bench.log.LogResults;
import io.talos.bench.log.Spread;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The part of the page about the audit log.
 *
 * @param log what was measured
 */
record LogSection(LogResults log) {
  void write(List<String> lines) {
    lines.add("## The audit log");
    lines.add("");
    lines.add(
        "The whole stack and the load share the machine: PostgreSQL with a streaming replica,"
            + " asynchronous; Redis; Open Liberty with the whole EAR, full JIT. The loads enter at"
            + " the modules' ports, by an application that only the bench adds to its own copy of"
            + " the EAR. "
            + LogLoad.PHASES
            + ".");
    lines.add("");
    lines.add(
        "Sequenced, events a second by round: "
            + log.sequenced().stream().map(LogSection::whole).collect(Collectors.joining(", "))
            + ". At the end the log had "
            + whole((double) log.entries())
            + " entries; the largest proof bundle had "
            + whole((double) log.bundleBytes())
            + " bytes."
            + log.recheckSeconds()
                .map(seconds -> " The recheck of everything took " + two(seconds) + " s.")
                .orElse(""));
    lines.add("");
    lines.add("| | count | p50 ms | p99 ms | longest ms |");
    lines.add("|---|---:|---:|---:|---:|");
    for (Spread spread : log.spreads()) {
      lines.add(
          "| %s | %s | %s | %s | %s |"
              .formatted(
                  spread.name(),
                  whole(spread.count()),
                  two(spread.p50()),
                  two(spread.p99()),
                  two(spread.max())));
    }
    lines.add("");
    costs(lines);
  }

  private void costs(List<String> lines) {
    lines.add("## What audit adds to a request");
    lines.add("");
    lines.add(
        "Medians in ms. "
            + AuditCosts.PHASES
            + ". Without audit its statements are passed over by an agent of the bench; events are"
            + " still made up and hashed.");
    lines.add("");
    lines.add("| request | with audit | without | added |");
    lines.add("|---|---:|---:|---:|");
    for (LogResults.AuditCost cost : log.costs()) {
      lines.add(
          "| %s | %s | %s | %s |"
              .formatted(
                  cost.request(), two(cost.on()), two(cost.off()), two(cost.on() - cost.off())));
    }
    lines.add("");
  }

  private static String whole(double number) {
    return String.format(Locale.ROOT, "%,.0f", number);
  }

  private static String two(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
