package io.talos.contracts.port;

import io.talos.contracts.Bytes;
import java.time.Instant;
import java.util.Optional;

/** Which agents are registered here. Implemented by {@code identity}. */
public interface AgentDirectory {
  /** The registered agent with this DID, revoked ones included. */
  Optional<Agent> find(String did);

  /**
   * A registered agent.
   *
   * @param did its primary DID, {@code did:key}
   * @param publicKey its Ed25519 key
   * @param active false once it is revoked
   */
  record Agent(String did, Bytes publicKey, boolean active, Instant registeredAt) {}
}
