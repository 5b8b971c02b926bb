package io.talos.contracts.did;

import java.util.Set;

/**
 * A key of somebody's DID document that Talos can use.
 *
 * @param url the key's absolute DID URL
 * @param key the key itself; an Ed25519 one is a canonical point of full order
 * @param uses what it is for; empty when the document lists it for nothing
 */
public record VerificationKey(String url, Multikey key, Set<Relationship> uses) {
  /** Copies. */
  public VerificationKey {
    uses = Set.copyOf(uses);
  }

  /** Whether its owner uses it for {@code use}. */
  public boolean isFor(Relationship use) {
    return uses.contains(use);
  }
}
