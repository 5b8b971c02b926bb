package io.talos.contracts.json;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
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
   * <p>Numbers become the nearest double, as the source demands: two integers above {@link
   * Limits#INTEGER_MAX} may have one text. The schemas of signed objects keep integers below it.
   *
   * @throws TalosException {@link ErrorCode#MALFORMED_JSON} when a number lies outside IEEE 754 or
   *     a string holds a lone surrogate
   */
  public static Bytes encode(JsonValue value) {
    // The library takes objects and arrays only, so the value travels in an array of its own.
    String wrapped = "[" + value + "]";
    if (!StrictJson.isWellFormed(wrapped)) {
      throw new TalosException(ErrorCode.MALFORMED_JSON, "a lone surrogate has no UTF-8 form");
    }
    try {
      Bytes text = Bytes.of(new JsonCanonicalizer(wrapped).getEncodedUTF8());
      return text.slice(1, text.size() - 1);
    } catch (IOException e) {
      throw new TalosException(ErrorCode.MALFORMED_JSON, "has no canonical form", e);
    }
  }

  /** The canonical text of {@code object} without {@code member}: what its signature covers. */
  public static Bytes encodeWithout(JsonObject object, String member) {
    return encode(Json.createObjectBuilder(object).remove(member).build());
  }
}
