package io.talos.audit.event;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How long one column of a statistic is; it begins at a whole one of its unit, in UTC. */
public enum Bucket {
  /** A minute. */
  MINUTE(ChronoUnit.MINUTES),
  /** An hour. */
  HOUR(ChronoUnit.HOURS),
  /** A day. */
  DAY(ChronoUnit.DAYS);

  private final ChronoUnit unit;

  Bucket(ChronoUnit unit) {
    this.unit = unit;
  }

  /** The name on the wire, and the one that the database knows. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one with this name. */
  public static Optional<Bucket> of(String wire) {
    return Arrays.stream(values()).filter(bucket -> bucket.wire().equals(wire)).findFirst();
  }

  /** Whether one begins here. */
  public boolean beginsAt(Instant time) {
    return time.truncatedTo(unit).equals(time);
  }

  /** How many lie between two beginnings. */
  public long between(Instant from, Instant to) {
    return unit.between(from, to);
  }

  /** When the n-th one after {@code from} begins. */
  public Instant after(Instant from, long n) {
    return from.plus(n, unit);
  }
}
