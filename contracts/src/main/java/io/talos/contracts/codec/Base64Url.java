package io.talos.contracts.codec;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Arrays;
import java.util.Base64;

/**
 * Base64url without padding, strict: one text for every byte string and one byte string for every
 * accepted text.
 *
 * <p>Padding, white space, the {@code +} and {@code /} of the other alphabet, a length of 1 modulo
 * 4 and non-zero trailing bits are refused, so that two texts never mean the same signed bytes.
 *
 * <p>Source: RFC 4648 §5, §3.2, §3.5.
 */
public final class Base64Url {
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private Base64Url() {}

  /** The one accepted text of {@code bytes}. */
  public static String encode(byte[] bytes) {
    return ENCODER.encodeToString(bytes);
  }

  /** The one accepted text of {@code bytes}. */
  public static String encode(Bytes bytes) {
    return encode(bytes.toArray());
  }

  /**
   * Reads strict base64url.
   *
   * @throws TalosException {@link ErrorCode#ENCODING_INVALID} on anything else
   */
  public static Bytes decode(String text) {
    if (text.indexOf('=') >= 0 || text.length() % 4 == 1) {
      throw new TalosException(ErrorCode.ENCODING_INVALID, "base64url is padded or cut short");
    }
    byte[] bytes;
    try {
      bytes = DECODER.decode(text);
    } catch (IllegalArgumentException e) {
      throw new TalosException(ErrorCode.ENCODING_INVALID, "base64url has a foreign character", e);
    }
    // The JDK's decoder ignores the unused bits of the last character; encoding again shows them.
    if (!encode(bytes).equals(text)) {
      Arrays.fill(bytes, (byte) 0);
      throw new TalosException(ErrorCode.ENCODING_INVALID, "base64url has non-zero trailing bits");
    }
    return Bytes.of(bytes);
  }

  /**
   * Reads strict base64url that must hold exactly {@code size} bytes.
   *
   * @throws TalosException {@link ErrorCode#ENCODING_INVALID} on anything else
   */
  public static Bytes decode(String text, int size) {
    Bytes bytes = decode(text);
    if (bytes.size() != size) {
      throw new TalosException(
          ErrorCode.ENCODING_INVALID, "expected " + size + " bytes, found " + bytes.size());
    }
    return bytes;
  }
}
