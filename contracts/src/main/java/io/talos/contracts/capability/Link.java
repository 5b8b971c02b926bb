package io.talos.contracts.capability;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import org.jspecify.annotations.Nullable;

/**
 * One link of a chain: its terms and what is said to be the issuer's signature over them. Its text
 * and its hash are made once. Thread safe.
 */
public final class Link {
  private final Terms terms;
  private final Bytes signature;
  private final Bytes signed;
  private final Bytes text;
  private @Nullable Bytes hash;

  /** A link that nobody has checked. */
  public Link(Terms terms, Bytes signature) {
    this(terms, signature, terms.signed(), text(terms, signature));
  }

  private Link(Terms terms, Bytes signature, Bytes signed, Bytes text) {
    Check.that(signature.size() == Ed25519.SIGNATURE_SIZE, "a signature has 64 bytes");
    this.terms = terms;
    this.signature = signature;
    this.signed = signed;
    this.text = text;
  }

  private static Bytes text(Terms terms, Bytes signature) {
    return CanonicalJson.encode(
        Json.createObjectBuilder(terms.json())
            .add("signature", Base64Url.encode(signature))
            .build());
  }

  /** What a reader of canonical text found; both texts are cut out of it. */
  static Link read(Terms terms, Bytes signature, Bytes signed, Bytes text) {
    return new Link(terms, signature, signed, text);
  }

  /** Signs {@code terms}; the key must be the one that they name. */
  static Link sign(Terms terms, Ed25519.KeyPair issuer) {
    Check.that(issuer.publicKey().equals(terms.signingKey()), "the issuer signs");
    Link link = new Link(terms, issuer.sign(terms.signed()));
    Check.that(link.isSigned(), "what was signed verifies");
    return link;
  }

  /** What is signed. */
  public Terms terms() {
    return terms;
  }

  /** Ed25519 over the canonical JSON of the terms; not checked yet. */
  public Bytes signature() {
    return signature;
  }

  /** The canonical JSON, signature included. */
  public Bytes text() {
    return text;
  }

  /**
   * Whether the key that the link names made the signature; whether it may sign for the issuer is
   * for {@link IssuerKeys} to say.
   */
  public boolean isSigned() {
    return Ed25519.verify(terms.signingKey(), signed, signature);
  }

  /** SHA-256 of the canonical JSON with the signature: what the next link and a revocation name. */
  public Bytes hash() {
    Bytes known = hash;
    if (known == null) {
      known = Sha256.of(text);
      hash = known;
    }
    return known;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Link link && text.equals(link.text);
  }

  @Override
  public int hashCode() {
    return signature.hashCode();
  }

  @Override
  public String toString() {
    return "Link[" + terms.id().text() + "]";
  }
}
