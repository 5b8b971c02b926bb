package io.talos.contracts.codec;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Base58btc, the alphabet without 0, O, I and l, as multibase {@code z} uses it.
 *
 * <p>Texts are bounded to {@value #CHARACTERS_MAX} characters, because the conversion is quadratic.
 */
public final class Base58 {
  /** The longest text that is read: enough for every multikey Talos knows. */
  public static final int CHARACTERS_MAX = 128;

  /** The most bytes that are written, so that what was written can be read. */
  public static final int BYTES_MAX = 93;

  private static final String ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final BigInteger BASE = BigInteger.valueOf(58);

  private Base58() {}

  /** Encodes; every leading zero byte becomes a leading {@code 1}. */
  public static String encode(Bytes bytes) {
    Check.atMost(bytes.size(), BYTES_MAX, "the number of bytes");
    byte[] array = bytes.toArray();
    StringBuilder reversed = new StringBuilder();
    BigInteger rest = new BigInteger(1, array);
    while (rest.signum() > 0) {
      BigInteger[] step = rest.divideAndRemainder(BASE);
      reversed.append(ALPHABET.charAt(step[1].intValue()));
      rest = step[0];
    }
    for (int i = 0; i < array.length && array[i] == 0; i++) {
      reversed.append(ALPHABET.charAt(0));
    }
    return reversed.reverse().toString();
  }

  /**
   * Decodes.
   *
   * @throws TalosException {@link ErrorCode#ENCODING_INVALID} on a foreign character or a text that
   *     is too long
   */
  public static Bytes decode(String text) {
    if (text.length() > CHARACTERS_MAX) {
      throw new TalosException(ErrorCode.ENCODING_INVALID, "base58 text is too long");
    }
    BigInteger number = BigInteger.ZERO;
    for (int i = 0; i < text.length(); i++) {
      int digit = ALPHABET.indexOf(text.charAt(i));
      if (digit < 0) {
        throw new TalosException(ErrorCode.ENCODING_INVALID, "base58 has a foreign character");
      }
      number = number.multiply(BASE).add(BigInteger.valueOf(digit));
    }
    int zeros = 0;
    while (zeros < text.length() && text.charAt(zeros) == ALPHABET.charAt(0)) {
      zeros++;
    }
    byte[] magnitude = number.signum() == 0 ? new byte[0] : number.toByteArray();
    int skip = magnitude.length > 1 && magnitude[0] == 0 ? 1 : 0;
    byte[] bytes = new byte[zeros + magnitude.length - skip];
    System.arraycopy(magnitude, skip, bytes, zeros, magnitude.length - skip);
    Arrays.fill(magnitude, (byte) 0);
    return Bytes.of(bytes);
  }
}
