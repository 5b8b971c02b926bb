package io.talos.identity.agents;

import io.talos.contracts.did.Did;
import java.time.Instant;
import java.util.Optional;

/** Remembers registered agents. Changes belong to the caller's transaction. */
public interface Agents {
  /** Adds {@code agent} unless one with its DID is there, revoked or not; whether it was added. */
  boolean add(Agent agent);

  /** The agent with this DID, revoked or not. */
  Optional<Agent> find(Did did);

  /** Revokes the agent; false when there is none or it was revoked before. */
  boolean revoke(Did did, Instant now);
}
