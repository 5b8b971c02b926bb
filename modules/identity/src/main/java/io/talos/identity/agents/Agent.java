package io.talos.identity.agents;

import io.talos.contracts.Check;
import io.talos.contracts.channel.IdentityKey;
import io.talos.contracts.did.Did;
import java.time.Instant;
import java.util.Optional;

/**
 * A registered agent.
 *
 * @param did its did:key; the key is the identity
 * @param keyAgreement its X25519 identity key with the certificate by the agent's signing key
 * @param displayName what it calls itself
 * @param registeredAt when it registered
 * @param revokedAt when an operator ended the registration; it does not come back
 */
public record Agent(
    Did did,
    IdentityKey keyAgreement,
    Optional<DisplayName> displayName,
    Instant registeredAt,
    Optional<Instant> revokedAt) {

  /** The identity key is this agent's own. */
  public Agent {
    Check.that(did.method() == Did.Method.KEY, "an agent's DID is its key");
    Check.that(keyAgreement.did().equals(did.text()), "the identity key is the agent's own");
  }

  /** Whether it may still act. */
  public boolean isActive() {
    return revokedAt.isEmpty();
  }
}
