package io.talos.identity;

import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.AgentRevoked;
import io.talos.contracts.time.WireTime;
import io.talos.identity.agents.Agent;
import io.talos.identity.agents.Agents;
import io.talos.identity.agents.KeyHistories;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;

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
  private final KeyHistories histories;
  private final Event<AgentRevoked> revoked;
  private final InstantSource clock;

  @Inject
  RevokeAgent(
      Agents agents, KeyHistories histories, Event<AgentRevoked> revoked, InstantSource clock) {
    this.agents = agents;
    this.histories = histories;
    this.revoked = revoked;
    this.clock = clock;
  }

  /** Revokes the agent with this DID. */
  @Transactional
  public Outcome<Did> revoke(Did did) {
    // Without the lock a rotation at the same moment could leave its new key out of the event.
    histories.lock(did);
    Optional<Agent> agent = agents.find(did);
    if (agent.isEmpty()) {
      return Outcome.refused(ErrorCode.AGENT_NOT_FOUND);
    }
    if (agents.revoke(did, WireTime.cut(clock.instant()))) {
      revoked.fire(
          new AgentRevoked(did.text(), agent.get().currentKey(), AgentRevoked.By.OPERATOR));
    }
    return Outcome.done(did);
  }
}
