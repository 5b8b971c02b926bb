package io.talos.contracts.policy;

import io.talos.contracts.Check;
import java.util.Locale;

/**
 * How much money a subject may spend in a period. Carried and checked; what enforces it comes with
 * metering.
 *
 * @param limitMicroUsd in millionths of a US dollar
 */
public record Budget(String id, PolicySubject subject, long limitMicroUsd, Period period) {
  /** How long until a budget is full again. */
  public enum Period {
    /** A day that starts at midnight UTC. */
    DAY,
    /** A calendar month in UTC. */
    MONTH,
    /** It never is. */
    TOTAL;

    /** The name on the wire. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Period ofWire(String name) {
      return switch (name) {
        case "day" -> DAY;
        case "month" -> MONTH;
        case "total" -> TOTAL;
        default -> throw new IllegalArgumentException("no such period");
      };
    }
  }

  /** A budget is not negative. */
  public Budget {
    Check.that(limitMicroUsd >= 0, "a budget is not negative");
  }
}
