package io.talos.contracts.did;

/**
 * What a subject uses a key of its document for.
 *
 * <p>Source: W3C DID Core 1.0 §5.3.
 */
public enum Relationship {
  /** To log in (§5.3.1). */
  AUTHENTICATION("authentication", Multikey.Kind.ED25519),
  /** To make statements (§5.3.2). */
  ASSERTION("assertionMethod", Multikey.Kind.ED25519),
  /** To agree on secrets (§5.3.3). */
  KEY_AGREEMENT("keyAgreement", Multikey.Kind.X25519),
  /** To use a right (§5.3.4). */
  CAPABILITY_INVOCATION("capabilityInvocation", Multikey.Kind.ED25519),
  /** To pass a right on (§5.3.5). */
  CAPABILITY_DELEGATION("capabilityDelegation", Multikey.Kind.ED25519);

  private final String member;
  private final Multikey.Kind kind;

  Relationship(String member, Multikey.Kind kind) {
    this.member = member;
    this.kind = kind;
  }

  /** The member of a DID document that lists the keys. */
  public String member() {
    return member;
  }

  /** The only kind of key that can do it. */
  Multikey.Kind kind() {
    return kind;
  }
}
