package io.talos.contracts.policy;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;

/**
 * What a policy key signs: that a document is to be the version of this number on this server. A
 * signature is good for one slot of one history, so that an old document that was once signed
 * cannot be brought back without a new signature.
 *
 * @param audience the server's name in capabilities
 * @param version the number that the document gets
 * @param digest SHA-256 of the canonical document
 */
public record PolicyStatement(String audience, long version, Bytes digest) {
  private static final Bytes LABEL = Bytes.utf8("talos:policy-statement:v1\n");

  /** A statement names all three. */
  public PolicyStatement {
    Check.that(!audience.isEmpty() && version > 0, "a statement names a server and a version");
    Check.that(digest.size() == 32, "a digest is a SHA-256");
  }

  /** The JSON form. */
  public JsonObject json() {
    return Json.createObjectBuilder()
        .add("schema_id", "talos.policy_statement")
        .add("schema_version", "v1")
        .add("audience", audience)
        .add("version", version)
        .add("digest", digest.hex())
        .build();
  }

  /** The label and the canonical JSON: the bytes that are signed. */
  public Bytes signedBytes() {
    return LABEL.concat(CanonicalJson.encode(json()));
  }

  /** Signs. */
  public PolicySignature signedBy(Ed25519.KeyPair key) {
    return new PolicySignature(Did.ofKey(key.publicKey()), key.sign(signedBytes()));
  }

  /** Whether {@code signature} is of this statement. */
  public boolean isSignedBy(PolicySignature signature) {
    try {
      return Ed25519.verify(signature.key().publicKey(), signedBytes(), signature.signature());
    } catch (TalosException e) {
      // A key that cannot be used has signed nothing.
      return false;
    }
  }
}
