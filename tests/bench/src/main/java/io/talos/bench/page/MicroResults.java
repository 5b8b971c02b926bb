package io.talos.bench.page;

import java.util.List;
import java.util.Optional;

/**
 * Everything about single operations.
 *
 * @param rows averages
 * @param samples spreads
 * @param revoked the large revoked set, when it was asked for
 */
public record MicroResults(
    List<MicroRow> rows, List<SampleRow> samples, Optional<RevokedLoad> revoked) {
  /** Nothing was measured. */
  public static final MicroResults NONE = new MicroResults(List.of(), List.of(), Optional.empty());

  /** Copies. */
  public MicroResults {
    rows = List.copyOf(rows);
    samples = List.copyOf(samples);
  }

  /** The row of this name. */
  Optional<MicroRow> row(String name) {
    return rows.stream().filter(row -> row.name().equals(name)).findFirst();
  }

  /** The spread of this name. */
  Optional<SampleRow> sample(String name) {
    return samples.stream().filter(row -> row.name().equals(name)).findFirst();
  }
}
