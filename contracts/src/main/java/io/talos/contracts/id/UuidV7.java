package io.talos.contracts.id;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.UUID;

/**
 * A UUID version 7 in its lower-case text form.
 *
 * <p>Source: RFC 9562 §5.7.
 */
public record UuidV7(String text) implements Comparable<UuidV7> {
  /** Where it says x, a lower-case hex digit stands; y is one of 8, 9, a and b. */
  private static final String FORM = "xxxxxxxx-xxxx-7xxx-yxxx-xxxxxxxxxxxx";

  /**
   * Checks version, variant and form.
   *
   * @throws TalosException {@link ErrorCode#ENCODING_INVALID} when {@code text} is anything else
   */
  public UuidV7 {
    if (!hasForm(text)) {
      throw new TalosException(ErrorCode.ENCODING_INVALID, "not a lower-case UUID version 7");
    }
  }

  private static boolean hasForm(String text) {
    if (text.length() != FORM.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean good =
          switch (FORM.charAt(i)) {
            case 'x' -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
            case 'y' -> c == '8' || c == '9' || c == 'a' || c == 'b';
            default -> c == FORM.charAt(i);
          };
      if (!good) {
        return false;
      }
    }
    return true;
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
