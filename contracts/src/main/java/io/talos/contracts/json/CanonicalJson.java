package io.talos.contracts.json;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.JsonObject;
import jakarta.json.JsonStructure;
import java.io.IOException;
import org.erdtman.jcs.JsonCanonicalizer;

/**
 * The JSON Canonicalization Scheme: the one text that is hashed and signed.
 *
 * <p>Member names are sorted by UTF-16 code units, numbers are written as ECMAScript does.
 *
 * <p>Source: RFC 8785 §3.2.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /**
   * The canonical UTF-8 text of {@code value}.
   *
   * @throws TalosException {@link ErrorCode#MALFORMED_JSON} when a number lies outside IEEE 754
   */
  public static Bytes encode(JsonStructure value) {
    try {
      return Bytes.of(new JsonCanonicalizer(value.toString()).getEncodedUTF8());
    } catch (IOException e) {
      throw new TalosException(ErrorCode.MALFORMED_JSON, "has no canonical form", e);
    }
  }

  /** The canonical text of {@code object} without {@code member}: what its signature covers. */
  public static Bytes encodeWithout(JsonObject object, String member) {
    return encode(jakarta.json.Json.createObjectBuilder(object).remove(member).build());
  }
}
