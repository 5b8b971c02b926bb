package io.talos.contracts.time;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Times as people write them: any offset, and up to three digits after the second. What Talos
 * writes itself is a {@link WireTime}.
 *
 * <p>Source: RFC 3339 §5.6; leap seconds are not read.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_INVALID_INPUT}, as an exception, what is no time of the
 * years 1970 to 9999.
 */
public final class Rfc3339 {
  private static final Pattern FORM =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,3})?"
              + "([Zz]|[+-][0-9]{2}:[0-9]{2})");
  private static final Instant END = Instant.parse("9999-12-31T23:59:59.999Z");

  private Rfc3339() {}

  /** Reads a time. */
  public static Instant parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw invalid(null);
    }
    try {
      Instant instant = OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
      if (!instant.isBefore(Instant.EPOCH) && !instant.isAfter(END)) {
        return instant;
      }
    } catch (DateTimeException e) {
      throw invalid(e);
    }
    throw invalid(null);
  }

  private static TalosException invalid(@Nullable Exception cause) {
    return new TalosException(ErrorCode.TALOS_INVALID_INPUT, "not a time of RFC 3339", cause);
  }
}
