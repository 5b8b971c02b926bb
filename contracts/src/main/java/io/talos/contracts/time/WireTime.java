package io.talos.contracts.time;

import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * Time as Talos writes it: RFC 3339, UTC with {@code Z}, exactly three fraction digits.
 *
 * <p>Source: RFC 3339 §5.6.
 *
 * <p>{@code Instant.toString()} drops or adds digits, which would change signed bytes.
 */
public final class WireTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withResolverStyle(ResolverStyle.STRICT)
          .withZone(ZoneOffset.UTC);

  private static final String PATTERN = "0000-00-00T00:00:00.000Z";
  private static final long SECONDS_PER_DAY = 86_400;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private WireTime() {}

  /** Formats a time of the years 0 to 9999, cutting what is finer than a millisecond. */
  public static String format(Instant instant) {
    String text = FORMAT.format(instant);
    Check.that(text.length() == PATTERN.length(), "a wire time has a year of four digits");
    return text;
  }

  /** What survives the wire: {@code instant} cut to the millisecond. */
  public static Instant cut(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MILLIS);
  }

  /**
   * Reads exactly the format that {@link #format} writes.
   *
   * @throws TalosException {@link ErrorCode#ENCODING_INVALID} on anything else
   */
  public static Instant parse(String text) {
    if (!hasForm(text)) {
      throw new TalosException(ErrorCode.ENCODING_INVALID, "not a wire time");
    }
    try {
      // Both refuse what no calendar and no clock shows: 31 April, hour 24, second 60.
      LocalDate day = LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10));
      int second =
          LocalTime.of(number(text, 11, 13), number(text, 14, 16), number(text, 17, 19))
              .toSecondOfDay();
      return Instant.ofEpochSecond(
          day.toEpochDay() * SECONDS_PER_DAY + second, number(text, 20, 23) * NANOS_PER_MILLI);
    } catch (DateTimeException e) {
      throw new TalosException(ErrorCode.ENCODING_INVALID, "not a wire time", e);
    }
  }

  /** Digits of ASCII where the pattern has zeros, and its own characters elsewhere. */
  private static boolean hasForm(String text) {
    if (text.length() != PATTERN.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      char wanted = PATTERN.charAt(i);
      if (wanted == '0' ? c < '0' || c > '9' : c != wanted) {
        return false;
      }
    }
    return true;
  }

  private static int number(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      value = 10 * value + (text.charAt(i) - '0');
    }
    return value;
  }
}
