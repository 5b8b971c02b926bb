package io.talos.contracts.did;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonObject;
import java.util.List;

/**
 * The document of a did:web as its organisation publishes it, with those of its keys that Talos can
 * use.
 *
 * <p>Kinds of keys that Talos does not know are left out of {@link #keys} and stay in the JSON. A
 * key that says it is Ed25519 or X25519 and is not makes the whole document unusable: so does one
 * that is listed for what it cannot do, a private key, a key id that occurs twice, and a reference
 * to a key of its own that is not there.
 *
 * <p>Source: W3C DID Core 1.0 §5; W3C Controlled Identifiers 1.0 §2.2.2 (Multikey) and §2.2.3
 * (JsonWebKey); RFC 8037 §2 (OKP keys).
 *
 * @param did whose document it is
 * @param keys its usable keys, in the document's order
 * @param json the document as it was received
 */
public record WebDidDocument(Did did, List<VerificationKey> keys, JsonObject json) {
  /** It is a did:web's own. */
  public WebDidDocument {
    Check.that(did.method() == Did.Method.WEB, "the document is a did:web's");
    Check.atMost(keys.size(), Limits.DOCUMENT_KEYS_MAX, "the number of keys");
    keys = List.copyOf(keys);
  }

  /**
   * Reads what was found at the DID's address.
   *
   * @throws TalosException {@link ErrorCode#DID_DOCUMENT_INVALID} when it is not this DID's usable
   *     document
   */
  public static WebDidDocument read(Did did, Bytes text) {
    JsonObject json;
    try {
      json = StrictJson.parseObject(text, Limits.DOCUMENT);
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.DID_DOCUMENT_INVALID, "not strict JSON", e);
    }
    return new WebDidDocument(did, new DocumentKeys(did, json).read(), json);
  }

  /** The keys that are for {@code use}. */
  public List<VerificationKey> keysFor(Relationship use) {
    return keys.stream().filter(key -> key.isFor(use)).toList();
  }
}
