package io.talos.contracts.capability;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import java.util.HashSet;
import java.util.Set;

/**
 * One link of a chain: its terms and what is said to be the issuer's signature over them.
 *
 * @param terms what is signed
 * @param signature Ed25519 over the canonical JSON of the terms; not checked yet
 */
public record Link(Terms terms, Bytes signature) {
  private static final Set<String> MEMBERS = members();

  /** The signature has the right size. */
  public Link {
    Check.that(signature.size() == Ed25519.SIGNATURE_SIZE, "a signature has 64 bytes");
  }

  private static Set<String> members() {
    Set<String> members = new HashSet<>(Terms.MEMBERS);
    members.add("signature");
    return Set.copyOf(members);
  }

  /**
   * Reads a link; nothing about it is proved by that.
   *
   * @throws TalosException {@link ErrorCode#CAPABILITY_INVALID} when it is not one
   */
  public static Link parse(JsonObject json) {
    try {
      Members members = new Members(json, MEMBERS);
      Terms terms = Terms.read(members);
      return new Link(terms, Base64Url.decode(members.text("signature", 88)));
    } catch (IllegalArgumentException | TalosException e) {
      throw new TalosException(ErrorCode.CAPABILITY_INVALID, "a link cannot be read", e);
    }
  }

  /** Signs {@code terms}; the key must be the issuer's. */
  static Link sign(Terms terms, Ed25519.KeyPair issuer) {
    Check.that(Did.ofKey(issuer.publicKey()).equals(terms.issuer()), "the issuer signs");
    Link link = new Link(terms, issuer.sign(CanonicalJson.encode(terms.json())));
    Check.that(link.isSignedByIssuer(), "what was signed verifies");
    return link;
  }

  /** Whether the issuer's key made the signature. */
  public boolean isSignedByIssuer() {
    return Ed25519.verify(
        terms.issuer().publicKey(), CanonicalJson.encode(terms.json()), signature);
  }

  /** SHA-256 of the canonical JSON with the signature: what the next link and a revocation name. */
  public Bytes hash() {
    return Sha256.of(CanonicalJson.encode(json()));
  }

  /** The link as JSON, with its signature. */
  public JsonObject json() {
    return Json.createObjectBuilder(terms.json())
        .add("signature", Base64Url.encode(signature))
        .build();
  }
}
