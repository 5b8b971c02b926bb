package io.talos.contracts.capability;

import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;

/**
 * Which keys sign for an issuer besides the one that its DID is. Thread safe, and cheap: a verifier
 * asks once for every link that names a key.
 */
@FunctionalInterface
public interface IssuerKeys {
  /** The DID's own key and no other: what a verifier without a directory believes. */
  IssuerKeys OWN = (issuer, key) -> issuer.publicKey().equals(key);

  /** Whether {@code key}, which is not the DID's own, signs for {@code issuer} now. */
  boolean maySign(Did issuer, Bytes key);
}
