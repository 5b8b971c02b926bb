package io.talos.bench.page;

import io.talos.bench.http.FrameLoads;
import io.talos.bench.http.HttpResults;
import io.talos.bench.http.LoadResult;
import io.talos.bench.http.StackLoad;
import io.talos.bench.http.StageTimes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The part of the page about HTTP.
 *
 * @param http what was measured
 */
record HttpSection(HttpResults http) {
  private static final double MEDIAN = 0.5;
  private static final double P99 = 0.99;
  private static final double MICROS_PER_MILLI = 1000;

  /** What the promise is about: who calls, may they, how much. */
  private static final List<String> CHECKS =
      List.of(".byAddress", ".authenticate", ".decide", ".reserve");

  private static final List<String> ADMISSION = List.of("EnforcementChain.admit");
  private static final List<String> OUTCOME = List.of("OutcomeFilter.finish");

  void write(List<String> lines) {
    about(lines);
    loads(lines);
    if (!http.stages().isEmpty()) {
      added(lines);
      stages(lines);
    }
  }

  private void about(List<String> lines) {
    lines.add("## HTTP on the loopback interface");
    lines.add("");
    lines.add(
        "The whole stack and the load share the machine: PostgreSQL with a streaming replica,"
            + " asynchronous; Redis; Open Liberty with the whole EAR and a bare JAX-RS application"
            + " beside it, full JIT, otherwise the JVM's defaults. Closed loop, "
            + (http.stages().isEmpty() ? FrameLoads.PHASES : StackLoad.PHASES)
            + "; a phase ends after 45 s with the answers that it has. Server CPU is Liberty's"
            + " process alone, its compiler and timers included, without PostgreSQL and Redis.");
    lines.add("");
    lines.add(
        "No limit is reached: the limit of one address is raised ("
            + StackLoad.SETTINGS.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(setting -> "`" + setting.getKey() + "=" + setting.getValue() + "`")
                .collect(Collectors.joining(", "))
            + "), and each load comes from as many principals as stay within their bursts. Every"
            + " limit is still counted in Redis, and each request of a known principal still"
            + " commits its admission record.");
    lines.add("");
  }

  private void loads(List<String> lines) {
    lines.add(
        "| request | connections | answers | requests/s | p50 ms | p99 ms | server CPU ms/request |");
    lines.add("|---|---:|---|---:|---:|---:|---:|");
    http.loads().forEach(result -> lines.add(load(result)));
    lines.add("");
  }

  private static String load(LoadResult result) {
    String answers =
        result.statuses().entrySet().stream()
            .map(status -> status.getValue() + " × " + status.getKey())
            .collect(Collectors.joining(", "));
    return "| %s | %d | %s | %s | %s | %s | %s |"
        .formatted(
            result.name(),
            result.connections(),
            answers,
            String.format(Locale.ROOT, "%,.0f", result.perSecond()),
            two(result.millis(MEDIAN)),
            two(result.millis(P99)),
            result
                .serverCpuSeconds()
                .map(seconds -> two(seconds * 1000 / Math.max(1, result.requests())))
                .orElse("unknown"));
  }

  private void added(List<String> lines) {
    lines.add("## What Talos adds over HTTP");
    lines.add("");
    lines.add(
        "Medians on one connection, in ms. *Added* is the difference to the bare endpoint of the"
            + " same run; it holds the checks, both records and what the server needs to call them."
            + " *Checks* are limits by address and principal, authentication, RBAC and capability."
            + " The stages are measured inside the server, in a phase of its own, so they add up"
            + " only nearly.");
    lines.add("");
    lines.add(
        "| request | bare | Talos | added | checks | admission record | outcome record | added"
            + " without the records |");
    lines.add("|---|---:|---:|---:|---:|---:|---:|---:|");
    for (List<String> pair : List.of(HttpResults.read(), HttpResults.call())) {
      Optional<LoadResult> floor = http.alone(pair.get(0));
      Optional<LoadResult> talos = http.alone(pair.get(1));
      if (floor.isPresent() && talos.isPresent()) {
        lines.add(added(floor.get(), talos.get()));
      }
    }
    lines.add("");
  }

  private String added(LoadResult floor, LoadResult talos) {
    double more = talos.millis(MEDIAN) - floor.millis(MEDIAN);
    double admission = millis(talos.name(), ADMISSION);
    double outcome = millis(talos.name(), OUTCOME);
    List<String> cells = new ArrayList<>(List.of(talos.name(), two(floor.millis(MEDIAN))));
    cells.add(two(talos.millis(MEDIAN)));
    cells.add(two(more));
    cells.add(two(millis(talos.name(), CHECKS)));
    cells.add(two(admission));
    cells.add(two(outcome));
    cells.add(two(more - admission - outcome));
    return "| " + String.join(" | ", cells) + " |";
  }

  /** The checks of one request; empty when its stages were not measured. */
  Optional<Double> checksMillis(String workload) {
    return http.of(workload).isEmpty() ? Optional.empty() : Optional.of(millis(workload, CHECKS));
  }

  /** What one connection waits longer than at the bare endpoint, both records left out. */
  Optional<Double> addedMillis(String bare, String workload) {
    return http.alone(bare)
        .flatMap(
            floor ->
                http.alone(workload)
                    .map(
                        talos ->
                            talos.millis(MEDIAN)
                                - floor.millis(MEDIAN)
                                - millis(workload, ADMISSION)
                                - millis(workload, OUTCOME)));
  }

  private double millis(String workload, List<String> stages) {
    return http.of(workload).stream()
            .filter(row -> stages.stream().anyMatch(row.stage()::endsWith))
            .mapToDouble(StageTimes.Row::medianMicros)
            .sum()
        / MICROS_PER_MILLI;
  }

  private void stages(List<String> lines) {
    lines.add("## What each stage takes");
    lines.add("");
    lines.add(
        "Elapsed µs inside the server, median and mean, one connection. `EnforcementFilter.filter`"
            + " is the whole way in; `authenticate` holds `verify` (the signature), `find` (is the"
            + " agent registered) and `spend` (the nonce, in Redis); `admit` holds the admission's"
            + " commit and `finish` the outcome's; `forward` is the upstream.");
    lines.add("");
    for (String workload : List.of(HttpResults.read().get(1), HttpResults.call().get(1))) {
      lines.add("| " + workload + " | passes | median µs | mean µs |");
      lines.add("|---|---:|---:|---:|");
      http.of(workload)
          .forEach(
              row ->
                  lines.add(
                      "| %s | %d | %s | %s |"
                          .formatted(
                              row.stage(),
                              row.passes(),
                              whole(row.medianMicros()),
                              whole(row.meanMicros()))));
      lines.add("");
    }
  }

  private static String whole(double micros) {
    return String.format(Locale.ROOT, "%,.0f", micros);
  }

  private static String two(double number) {
    return String.format(Locale.ROOT, "%.2f", number);
  }
}
