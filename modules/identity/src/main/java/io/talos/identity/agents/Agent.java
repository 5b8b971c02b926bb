package io.talos.identity.agents;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.channel.IdentityKey;
import io.talos.contracts.did.Did;
import java.time.Instant;
import java.util.Optional;

/**
 * A registered agent.
 *
 * @param did its did:key, made of its first key, for life
 * @param currentKey the Ed25519 key that speaks for it now, or did when it was revoked
 * @param keyAgreement its X25519 identity key with the certificate by {@code currentKey}
 * @param displayName what it calls itself
 * @param registeredAt when it registered
 * @param revokedAt when its registration ended; it does not come back
 */
public record Agent(
    Did did,
    Bytes currentKey,
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
