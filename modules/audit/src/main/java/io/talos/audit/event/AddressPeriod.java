package io.talos.audit.event;

import io.talos.contracts.Check;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A time in which addresses are hashed under one key, on every node the same. Its name is the
 * key's: {@code ip-<first day>-<days>d}.
 *
 * @param first the first day, UTC
 * @param days how many days; 1 to {@value #DAYS_MAX}
 */
public record AddressPeriod(LocalDate first, int days) {
  /** Longest period in days. */
  public static final int DAYS_MAX = 366;

  private static final Pattern KEY_ID =
      Pattern.compile("ip-([0-9]{4}-[0-9]{2}-[0-9]{2})-([1-9][0-9]{0,2})d");

  /** Checks the length. */
  public AddressPeriod {
    Check.that(days >= 1 && days <= DAYS_MAX, "a period has 1 to 366 days");
  }

  /** The period of {@code days} days in which {@code now} lies; its first instant is in it. */
  public static AddressPeriod of(Instant now, int days) {
    long day = LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay();
    return new AddressPeriod(LocalDate.ofEpochDay(day - Math.floorMod(day, days)), days);
  }

  /** The name of the period's key. */
  public String keyId() {
    return "ip-" + first + "-" + days + "d";
  }

  /** The period that a key is named after; empty when it is none's name. */
  public static Optional<AddressPeriod> parse(String keyId) {
    Matcher parts = KEY_ID.matcher(keyId);
    if (!parts.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new AddressPeriod(LocalDate.parse(parts.group(1)), Integer.parseInt(parts.group(2))));
    } catch (DateTimeException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** When nothing is hashed under the key any more. */
  public Instant end() {
    return first.plusDays(days).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
