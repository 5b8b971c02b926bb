package io.talos.bench.log;

import java.util.List;
import java.util.Optional;

/**
 * What the log showed.
 *
 * @param entries how many entries it had at the end
 * @param sequenced events a second from the outbox to the signed checkpoint, by round
 * @param spreads elapsed times
 * @param bundleBytes the largest bundle
 * @param recheckSeconds how long the whole recheck took, when it was made
 * @param costs what audit adds to requests
 */
public record LogResults(
    long entries,
    List<Double> sequenced,
    List<Spread> spreads,
    long bundleBytes,
    Optional<Double> recheckSeconds,
    List<AuditCost> costs) {
  /** Nothing was measured. */
  public static final LogResults NONE =
      new LogResults(0, List.of(), List.of(), 0, Optional.empty(), List.of());

  /** Copies. */
  public LogResults {
    sequenced = List.copyOf(sequenced);
    spreads = List.copyOf(spreads);
    costs = List.copyOf(costs);
  }

  /**
   * A request with its audit events and without, on one connection.
   *
   * @param request what was asked
   * @param on median in milliseconds as it is
   * @param off median with nothing written to the audit tables
   */
  public record AuditCost(String request, double on, double off) {}

  /** The median round. */
  public Optional<Double> sequencedMedian() {
    return sequenced.stream().sorted().skip(sequenced.size() / 2).findFirst();
  }

  /** The times of this name. */
  public Optional<Spread> spread(String name) {
    return spreads.stream().filter(spread -> spread.name().equals(name)).findFirst();
  }
}
