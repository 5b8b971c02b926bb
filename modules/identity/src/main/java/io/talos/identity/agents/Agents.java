package io.talos.identity.agents;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.IdentityKey;
import io.talos.contracts.did.Did;
import java.time.Instant;
import java.util.Optional;

/** Remembers registered agents. Changes belong to the caller's transaction. */
public interface Agents {
  /** Adds {@code agent} unless one with its DID is there, revoked or not; whether it was added. */
  boolean add(Agent agent);

  /** The agent with this DID, revoked or not. */
  Optional<Agent> find(Did did);

  /**
   * Lets {@code key} speak for the agent from now on.
   *
   * @param keyAgreement its X25519 identity key, certified by {@code key}
   */
  void rekey(Did did, Bytes key, IdentityKey keyAgreement);

  /** Revokes the agent; false when there is none or it was revoked before. */
  boolean revoke(Did did, Instant now);
}
