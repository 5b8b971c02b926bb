package io.talos.contracts.codec;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.HexFormat;

/** Lower-case hexadecimal; upper case and odd lengths are refused. */
public final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();

  private Hex() {}

  /** Two lower-case digits a byte. */
  public static String encode(byte[] bytes) {
    return FORMAT.formatHex(bytes);
  }

  /**
   * Reads lower-case hexadecimal.
   *
   * @throws TalosException {@link ErrorCode#ENCODING_INVALID} on anything else
   */
  public static Bytes decode(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
        throw new TalosException(ErrorCode.ENCODING_INVALID, "hex text has a foreign character");
      }
    }
    if (text.length() % 2 != 0) {
      throw new TalosException(ErrorCode.ENCODING_INVALID, "hex text has an odd length");
    }
    return Bytes.of(FORMAT.parseHex(text));
  }
}
