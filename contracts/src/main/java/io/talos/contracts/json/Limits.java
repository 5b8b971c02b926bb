package io.talos.contracts.json;

import io.talos.contracts.Check;

/**
 * How much JSON one text may hold.
 *
 * @param bytesMax size of the text in bytes
 * @param depthMax nested objects and arrays
 * @param valuesMax values of any kind, members and elements together
 */
public record Limits(int bytesMax, int depthMax, int valuesMax) {
  /** What a request body may hold unless its surface says otherwise: 1 MiB, 32 deep. */
  public static final Limits REQUEST = new Limits(1 << 20, 32, 50_000);

  /** Longest number text; longer ones could make arithmetic expensive. */
  public static final int NUMBER_CHARACTERS_MAX = 40;

  /** Furthest that a number's decimal point may stand from its digits; doubles need 324. */
  public static final int NUMBER_SCALE_MAX = 400;

  /** Largest integer that every JSON reader keeps exactly: 2^53 - 1 (RFC 7493 §2.2). */
  public static final long INTEGER_MAX = (1L << 53) - 1;

  /** Every bound is positive. */
  public Limits {
    Check.that(bytesMax > 0 && depthMax > 0 && valuesMax > 0, "every bound is positive");
  }

  /** The same bounds with another size. */
  public Limits withBytesMax(int bytes) {
    return new Limits(bytes, depthMax, valuesMax);
  }
}
