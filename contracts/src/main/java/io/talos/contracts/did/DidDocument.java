package io.talos.contracts.did;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;

/**
 * What a did:key resolves to: the signing key, and the key-agreement key when one is known.
 *
 * <p>The signing key may authenticate, assert and invoke capabilities. The key-agreement key is a
 * separate X25519 key and never derived from the signing key.
 *
 * <p>Source: W3C DID Core 1.0 §5; W3C Controlled Identifiers 1.0 §2.2.2 (Multikey).
 *
 * @param did whose document it is; a did:key
 * @param signingKey the Ed25519 key that speaks for the DID now
 * @param keyAgreement the agent's X25519 identity key, 32 bytes
 */
public record DidDocument(Did did, Bytes signingKey, Optional<Bytes> keyAgreement) {
  private static final String DID_CONTEXT = "https://www.w3.org/ns/did/v1";
  private static final String MULTIKEY_CONTEXT = "https://w3id.org/security/multikey/v1";

  /** The DID holds its key, and the key-agreement key has the size of one. */
  public DidDocument {
    Check.that(did.method() == Did.Method.KEY, "the document is a did:key's");
    Check.that(
        keyAgreement.map(Bytes::size).orElse(X25519.SIZE) == X25519.SIZE,
        "a key-agreement key has 32 bytes");
  }

  /** The document of a DID with no known key-agreement key. */
  public static DidDocument of(Did did) {
    Check.that(did.method() == Did.Method.KEY, "the document is a did:key's");
    return new DidDocument(did, did.publicKey(), Optional.empty());
  }

  /** The same document with the key that speaks for the DID after a rotation. */
  public DidDocument withSigningKey(Bytes ed25519PublicKey) {
    return new DidDocument(did, ed25519PublicKey, keyAgreement);
  }

  /** The same document with a key-agreement key. */
  public DidDocument withKeyAgreement(Bytes x25519PublicKey) {
    return new DidDocument(did, signingKey, Optional.of(x25519PublicKey));
  }

  /** The document as {@code application/did+json} carries it. */
  public JsonObject toJson() {
    JsonArray signing = Json.createArrayBuilder().add(new KeyUrl(did, signingKey).text()).build();
    JsonArrayBuilder methods =
        Json.createArrayBuilder().add(method(Multikey.ed25519(signingKey).text()));
    JsonObjectBuilder document =
        Json.createObjectBuilder()
            .add("@context", Json.createArrayBuilder().add(DID_CONTEXT).add(MULTIKEY_CONTEXT))
            .add("id", did.text());
    Optional<String> agreement = keyAgreement.map(key -> Multikey.x25519(key).text());
    agreement.ifPresent(multikey -> methods.add(method(multikey)));
    document
        .add("verificationMethod", methods)
        .add("authentication", signing)
        .add("assertionMethod", signing)
        .add("capabilityInvocation", signing);
    agreement.ifPresent(
        multikey -> document.add("keyAgreement", Json.createArrayBuilder().add(url(multikey))));
    return document.build();
  }

  private JsonObjectBuilder method(String multikey) {
    return Json.createObjectBuilder()
        .add("id", url(multikey))
        .add("type", "Multikey")
        .add("controller", did.text())
        .add("publicKeyMultibase", multikey);
  }

  private String url(String multikey) {
    return did.text() + "#" + multikey;
  }
}
