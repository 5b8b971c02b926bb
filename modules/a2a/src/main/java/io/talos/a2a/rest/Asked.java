package io.talos.a2a.rest;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.runtime.waiting.Limits;
import java.time.Duration;
import java.util.regex.Pattern;

/** Reads the numbers of a query. */
final class Asked {
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,15}");

  private Asked() {}

  /**
   * A whole number.
   *
   * @throws TalosException {@link ErrorCode#TALOS_INVALID_INPUT} when it is none, or lies outside
   */
  static long number(String text, long least, long most) {
    long number = NUMBER.matcher(text).matches() ? Long.parseLong(text) : -1;
    if (number < least || number > most) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "not a number within bounds");
    }
    return number;
  }

  /** How long to wait, in whole seconds. */
  static Duration wait(String text) {
    return Duration.ofSeconds(number(text, 0, Limits.WAIT_SECONDS_MAX));
  }

  /** A page's size of 1 to {@code most}. */
  static int limit(String text, int most) {
    return (int) number(text, 1, most);
  }
}
