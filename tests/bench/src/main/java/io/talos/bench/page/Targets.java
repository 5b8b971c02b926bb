package io.talos.bench.page;

import io.talos.bench.http.HttpResults;
import io.talos.bench.log.LogLoad;
import io.talos.bench.log.LogResults;
import io.talos.bench.log.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What was promised, beside what this run shows. CPU medians, so that a neighbour counts little.
 */
record Targets(MicroResults micro, HttpResults http, LogResults log) {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double NANOS_PER_MICRO = 1000;
  private static final String BOUNCY_CASTLE = " [BouncyCastle]";
  private static final String WARM = "Decision.warm (ask=GRANTED, links=1)";
  private static final String COLD = "Capability.verifyCold (links=%d)";
  private static final String BISCUIT = "Biscuit.verifyAndAuthorize (links=1)";
  private static final String SIGNATURE = "Ed25519.verify";
  private static final String REFUSAL = "CapabilityRefusal.refuse (reason=%s)";
  private static final int MOST_LINKS = 4;

  private record Target(
      String what, double most, boolean atLeast, String unit, Optional<Double> is) {
    String line() {
      double value = is.orElseThrow();
      String verdict = (atLeast ? value >= most : value <= most) ? "yes" : missedBy(value);
      return "| %s | %s %s %s | %s | %s |"
          .formatted(what, atLeast ? "≥" : "≤", number(most), unit, number(value), verdict);
    }

    private String missedBy(double value) {
      return String.format(
          Locale.ROOT, "**no**, by a factor of %.2f", atLeast ? most / value : value / most);
    }

    private static String number(double number) {
      return String.format(Locale.ROOT, number >= 1000 ? "%,.0f" : "%.2f", number);
    }
  }

  void write(List<String> lines) {
    if (targets().stream().allMatch(target -> target.is().isEmpty())) {
      return;
    }
    lines.add("## Targets");
    lines.add("");
    lines.add(
        "CPU medians of one thread; of HTTP elapsed medians: inside the server the sum of the stages,"
            + " over HTTP the difference to the bare endpoint, end to end.");
    lines.add("");
    lines.add("| | target | this run | held |");
    lines.add("|---|---|---:|---|");
    // A run that leaves a part out says nothing of its targets.
    targets().stream()
        .filter(target -> target.is().isPresent())
        .forEach(target -> lines.add(target.line()));
    lines.add("");
  }

  private List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    targets.add(
        new Target(
            "warm decision, one link, of one core",
            1_000_000,
            true,
            "/s",
            cpu(WARM).map(nanos -> NANOS_PER_SECOND / nanos)));
    targets.add(
        new Target(
            "its p99, elapsed",
            5,
            false,
            "µs",
            micro.sample(WARM).map(row -> row.p99() / NANOS_PER_MICRO)));
    targets.add(atMost("cold, one link, native", 120, cpu(COLD.formatted(1))));
    targets.add(
        atMost("cold, one link, BouncyCastle", 250, cpu(COLD.formatted(1) + BOUNCY_CASTLE)));
    targets.add(
        new Target(
            "each further link, native, in signature verifications",
            1,
            false,
            "",
            quotient(further(), cpu(SIGNATURE))));
    targets.add(
        new Target(
            "biscuit-java's verify and authorize, in cold decisions",
            5,
            true,
            "",
            quotient(cpu(BISCUIT), cpu(COLD.formatted(1)))));
    for (String reason : List.of("WRONG_TOOL", "EXPIRED", "WRONG_AUDIENCE", "WRONG_SUBJECT")) {
      targets.add(atMost("refused after parsing: " + reason, 2, cpu(REFUSAL.formatted(reason))));
    }
    targets.add(
        new Target(
            "the dearest refusal (a forged link, read first), in cold decisions",
            1,
            false,
            "",
            quotient(
                sum(cpu("Capability.parse (links=1)"), cpu(REFUSAL.formatted("FORGED"))),
                cpu(COLD.formatted(1)))));
    targets.add(
        peer("libsignal's one way of 1 KiB, in ours", 3, "Libsignal.oneWay", "Ratchet.oneWay"));
    targets.add(
        peer("libsignal's ping-pong, in ours", 1, "Libsignal.pingPong", "Ratchet.pingPong"));
    HttpSection section = new HttpSection(http);
    for (List<String> pair : List.of(HttpResults.read(), HttpResults.call())) {
      String request = pair.get(1);
      targets.add(
          new Target(
              "checks inside the server, " + request,
              2,
              false,
              "ms",
              section.checksMillis(request)));
      targets.add(
          new Target(
              "added over HTTP without the records, " + request,
              2,
              false,
              "ms",
              section.addedMillis(pair.get(0), request)));
    }
    targets.add(
        new Target(
            "sequenced, from outbox to signed checkpoint",
            20_000,
            true,
            "events/s",
            log.sequencedMedian()));
    targets.add(
        new Target(
            LogLoad.ACT + ", p99", 1000, false, "ms", log.spread(LogLoad.ACT).map(Spread::p99)));
    targets.add(
        new Target(
            LogLoad.COLD + ", p99", 5, false, "ms", log.spread(LogLoad.COLD).map(Spread::p99)));
    targets.add(
        new Target(
            LogLoad.COLD_BUSY + ", p99",
            5,
            false,
            "ms",
            log.spread(LogLoad.COLD_BUSY).map(Spread::p99)));
    targets.add(new Target("full recheck", 180, false, "s", log.recheckSeconds()));
    return targets;
  }

  private Target peer(String what, double least, String theirs, String ours) {
    return new Target(what, least, true, "", quotient(cpu(theirs), cpu(ours)));
  }

  private static Target atMost(String what, double micros, Optional<Double> nanos) {
    return new Target(what, micros, false, "µs", nanos.map(n -> n / NANOS_PER_MICRO));
  }

  private Optional<Double> further() {
    return cpu(COLD.formatted(MOST_LINKS))
        .flatMap(most -> cpu(COLD.formatted(1)).map(one -> (most - one) / (MOST_LINKS - 1)));
  }

  private static Optional<Double> quotient(Optional<Double> over, Optional<Double> under) {
    return over.flatMap(a -> under.map(b -> a / b));
  }

  private static Optional<Double> sum(Optional<Double> one, Optional<Double> other) {
    return one.flatMap(a -> other.map(b -> a + b));
  }

  private Optional<Double> cpu(String name) {
    return micro.row(name).map(MicroRow::cpuMedian);
  }
}
