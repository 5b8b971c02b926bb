package io.talos.contracts.port;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import java.time.Instant;
import java.util.Optional;

/** Which agents are registered here. Implemented by {@code identity}. */
public interface AgentDirectory {
  /** The registered agent with this DID, revoked ones included. */
  Optional<Agent> find(String did);

  /**
   * Why the agent may not act now, if so: nobody has registered it, it was revoked, or an operator
   * suspended it.
   */
  default Optional<ErrorCode> refuses(String did) {
    return find(did).filter(Agent::active).isPresent()
        ? Optional.empty()
        : Optional.of(ErrorCode.AUTH_REVOKED);
  }

  /**
   * A registered agent.
   *
   * @param did its primary DID, {@code did:key}
   * @param currentKey the Ed25519 key that speaks for it now; after a rotation another than the
   *     DID's own
   * @param active false once it is revoked
   */
  record Agent(String did, Bytes currentKey, boolean active, Instant registeredAt) {}
}
