package io.talos.contracts.codec;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
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
  private static final int ASCII = 128;
  private static final int BASE = 58;
  private static final int BITS_PER_DIGIT = 6;
  private static final byte[] DIGITS = digits();

  private Base58() {}

  private static byte[] digits() {
    byte[] digits = new byte[ASCII];
    Arrays.fill(digits, (byte) -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      digits[ALPHABET.charAt(i)] = (byte) i;
    }
    return digits;
  }

  /** Encodes; every leading zero byte becomes a leading {@code 1}. */
  public static String encode(Bytes bytes) {
    Check.atMost(bytes.size(), BYTES_MAX, "the number of bytes");
    byte[] array = bytes.toArray();
    int[] words = words(array);
    char[] digits = new char[CHARACTERS_MAX];
    int at = digits.length;
    for (int top = skipZeros(words, 0); top < words.length; top = skipZeros(words, top)) {
      digits[--at] = ALPHABET.charAt(divide(words, top));
    }
    for (int i = 0; i < array.length && array[i] == 0; i++) {
      digits[--at] = ALPHABET.charAt(0);
    }
    return new String(digits, at, digits.length - at);
  }

  /** Big-endian 32-bit words, so that one step of the conversion moves four bytes. */
  private static int[] words(byte[] bytes) {
    int[] words = new int[(bytes.length + Integer.BYTES - 1) / Integer.BYTES];
    for (int i = 0; i < bytes.length; i++) {
      int fromEnd = bytes.length - 1 - i;
      int shift = fromEnd % Integer.BYTES * Byte.SIZE;
      words[words.length - 1 - fromEnd / Integer.BYTES] |= (bytes[i] & 0xFF) << shift;
    }
    return words;
  }

  private static int skipZeros(int[] words, int from) {
    int top = from;
    while (top < words.length && words[top] == 0) {
      top++;
    }
    return top;
  }

  /** Divides by 58 in place and gives the remainder. */
  private static int divide(int[] words, int top) {
    long rest = 0;
    for (int i = top; i < words.length; i++) {
      long part = (rest << Integer.SIZE) | Integer.toUnsignedLong(words[i]);
      words[i] = (int) (part / BASE);
      rest = part % BASE;
    }
    return (int) rest;
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
    // A digit carries less than six bits.
    int[] words = new int[(text.length() * BITS_PER_DIGIT + Integer.SIZE - 1) / Integer.SIZE];
    for (int i = 0; i < text.length(); i++) {
      multiplyAndAdd(words, digit(text.charAt(i)));
    }
    int zeros = 0;
    while (zeros < text.length() && text.charAt(zeros) == ALPHABET.charAt(0)) {
      zeros++;
    }
    return Bytes.of(bytes(words, zeros));
  }

  private static int digit(char c) {
    int digit = c < ASCII ? DIGITS[c] : -1;
    if (digit < 0) {
      throw new TalosException(ErrorCode.ENCODING_INVALID, "base58 has a foreign character");
    }
    return digit;
  }

  private static void multiplyAndAdd(int[] words, int digit) {
    long carry = digit;
    for (int i = words.length - 1; i >= 0; i--) {
      long product = Integer.toUnsignedLong(words[i]) * BASE + carry;
      words[i] = (int) product;
      carry = product >>> Integer.SIZE;
    }
  }

  /** The number's bytes without leading zeros, after {@code zeros} zero bytes. */
  private static byte[] bytes(int[] words, int zeros) {
    int top = skipZeros(words, 0);
    int unused = top == words.length ? 0 : Integer.numberOfLeadingZeros(words[top]) / Byte.SIZE;
    int size = (words.length - top) * Integer.BYTES - unused;
    byte[] bytes = new byte[zeros + size];
    for (int fromEnd = 0; fromEnd < size; fromEnd++) {
      int word = words[words.length - 1 - fromEnd / Integer.BYTES];
      bytes[bytes.length - 1 - fromEnd] = (byte) (word >>> (fromEnd % Integer.BYTES * Byte.SIZE));
    }
    return bytes;
  }
}
