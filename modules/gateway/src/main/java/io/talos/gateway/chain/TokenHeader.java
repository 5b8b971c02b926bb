package io.talos.gateway.chain;

import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonString;

/**
 * The first part of a JSON Web Token that the server has verified.
 *
 * <p>Source: RFC 7515 §4.1.4 ({@code kid}).
 */
final class TokenHeader {
  private static final Limits JSON = new Limits(4_096, 4, 64);

  private TokenHeader() {}

  /** The id of the key that signed {@code token}, or the empty text when it names none. */
  static String keyId(String token) {
    try {
      String header = token.substring(0, Math.max(0, token.indexOf('.')));
      return StrictJson.parseObject(Base64Url.decode(header), JSON).get("kid")
              instanceof JsonString id
          ? id.getString()
          : "";
    } catch (TalosException e) {
      return "";
    }
  }
}
