package io.talos.identity;

import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.AgentRevoked;
import io.talos.contracts.time.WireTime;
import io.talos.identity.agents.Agents;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;

/**
 * Ends an agent's registration for good: from the commit on its signatures are refused on every
 * node, its prekeys are not given out, and its key cannot register again.
 *
 * <p>Revoking twice changes nothing and succeeds. Refuses with: {@link ErrorCode#AGENT_NOT_FOUND}.
 * Audited as {@code agent.revoked}, once.
 */
@Dependent
public class RevokeAgent {
  private final Agents agents;
  private final Event<AgentRevoked> revoked;
  private final InstantSource clock;

  @Inject
  RevokeAgent(Agents agents, Event<AgentRevoked> revoked, InstantSource clock) {
    this.agents = agents;
    this.revoked = revoked;
    this.clock = clock;
  }

  /** Revokes the agent with this DID. */
  @Transactional
  public Outcome<Did> revoke(Did did) {
    if (agents.revoke(did, WireTime.cut(clock.instant()))) {
      revoked.fire(new AgentRevoked(did.text(), did.publicKey(), AgentRevoked.By.OPERATOR));
      return Outcome.done(did);
    }
    return agents.find(did).isPresent()
        ? Outcome.done(did)
        : Outcome.refused(ErrorCode.AGENT_NOT_FOUND);
  }
}
