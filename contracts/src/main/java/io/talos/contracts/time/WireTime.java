package io.talos.contracts.time;

import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.time.DateTimeException;
import java.time.Instant;
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

  private static final int CHARACTERS = "0000-00-00T00:00:00.000Z".length();

  private WireTime() {}

  /** Formats a time of the years 0 to 9999, cutting what is finer than a millisecond. */
  public static String format(Instant instant) {
    String text = FORMAT.format(instant);
    Check.that(text.length() == CHARACTERS, "a wire time has a year of four digits");
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
    // Longer texts would name years of five digits or a sign, which RFC 3339 does not know.
    if (text.length() != CHARACTERS) {
      throw new TalosException(ErrorCode.ENCODING_INVALID, "not a wire time");
    }
    try {
      Instant instant = FORMAT.parse(text, Instant::from);
      if (format(instant).equals(text)) {
        return instant;
      }
    } catch (DateTimeException e) {
      throw new TalosException(ErrorCode.ENCODING_INVALID, "not a wire time", e);
    }
    throw new TalosException(ErrorCode.ENCODING_INVALID, "not a wire time");
  }
}
