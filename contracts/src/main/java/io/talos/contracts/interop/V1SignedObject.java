package io.talos.contracts.interop;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;

/**
 * How 1.x signs an object: Ed25519 over the canonical JSON of the object without its {@code sig}.
 *
 * <p>There is no domain separation: which kind of object was signed must follow from its members.
 */
public final class V1SignedObject {
  /** The member that holds the signature. */
  public static final String SIGNATURE = "sig";

  private V1SignedObject() {}

  /** What the signature covers. */
  public static Bytes signedBytes(JsonObject object) {
    return CanonicalJson.encodeWithout(object, SIGNATURE);
  }

  /** Whether {@code key} signed {@code object}; false for a missing or malformed signature. */
  public static boolean verify(JsonObject object, Bytes key) {
    if (!(object.get(SIGNATURE) instanceof JsonString text)) {
      return false;
    }
    try {
      Bytes signature = Base64Url.decode(text.getString(), Ed25519.SIGNATURE_SIZE);
      return Ed25519.verify(key, signedBytes(object), signature);
    } catch (TalosException e) {
      return false;
    }
  }
}
