package io.talos.contracts.id;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A UUID version 7 in its lower-case text form.
 *
 * <p>Source: RFC 9562 §5.7.
 */
public record UuidV7(String text) implements Comparable<UuidV7> {
  private static final Pattern FORM =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

  /**
   * Checks version, variant and form.
   *
   * @throws TalosException {@link ErrorCode#ENCODING_INVALID} when {@code text} is anything else
   */
  public UuidV7 {
    if (!FORM.matcher(text).matches()) {
      throw new TalosException(ErrorCode.ENCODING_INVALID, "not a lower-case UUID version 7");
    }
  }

  /** Milliseconds since the epoch, from the first 48 bits. */
  public long millis() {
    return UUID.fromString(text).getMostSignificantBits() >>> 16;
  }

  /** The same value as the JDK's type. */
  public UUID uuid() {
    return UUID.fromString(text);
  }

  @Override
  public int compareTo(UuidV7 other) {
    return text.compareTo(other.text);
  }

  @Override
  public String toString() {
    return text;
  }
}
