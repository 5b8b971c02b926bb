package io.talos.contracts.capability;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One link of a chain: its terms and what is said to be the issuer's signature over them. Its texts
 * and its hash are made once. Thread safe.
 */
public final class Link {
  private static final Set<String> MEMBERS = members();

  private final Terms terms;
  private final Bytes signature;
  private final Bytes signed;
  private @Nullable Bytes hash;

  /** A link that nobody has checked. */
  public Link(Terms terms, Bytes signature) {
    this(terms, signature, terms.signed());
  }

  private Link(Terms terms, Bytes signature, Bytes signed) {
    Check.that(signature.size() == Ed25519.SIGNATURE_SIZE, "a signature has 64 bytes");
    this.terms = terms;
    this.signature = signature;
    this.signed = signed;
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
      known = Sha256.of(CanonicalJson.encode(json()));
      hash = known;
    }
    return known;
  }

  /** The link as JSON, with its signature. */
  public JsonObject json() {
    return Json.createObjectBuilder(terms.json())
        .add("signature", Base64Url.encode(signature))
        .build();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Link link
        && terms.equals(link.terms)
        && signature.equals(link.signature);
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
