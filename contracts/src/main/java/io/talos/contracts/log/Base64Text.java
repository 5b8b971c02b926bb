package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Base64;

/**
 * Base64 with padding, as notes write it, strict: one text for every byte string. The JDK's decoder
 * overlooks missing padding and trailing bits, which would give one signed note many forms.
 *
 * <p>Source: RFC 4648 §4, §3.5.
 */
final class Base64Text {
  private Base64Text() {}

  static String encode(Bytes bytes) {
    return Base64.getEncoder().encodeToString(bytes.toArray());
  }

  static Bytes decode(String text) {
    try {
      Bytes bytes = Bytes.of(Base64.getDecoder().decode(text));
      if (encode(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new TalosException(ErrorCode.ENCODING_INVALID, "not base64", e);
    }
    throw new TalosException(ErrorCode.ENCODING_INVALID, "not the one base64 text");
  }
}
