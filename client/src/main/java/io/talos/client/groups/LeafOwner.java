package io.talos.client.groups;

import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.did.Did;

/**
 * An agent as it stands in a group: the DID is the credential, its signing key the leaf's.
 *
 * @param signing the key that speaks for the agent now
 */
public record LeafOwner(Did did, Ed25519.KeyPair signing) {
  /** The DID only. */
  @Override
  public String toString() {
    return "LeafOwner[" + did.text() + "]";
  }
}
