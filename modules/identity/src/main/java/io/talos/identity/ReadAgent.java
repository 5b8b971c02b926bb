package io.talos.identity;

import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.identity.agents.Agent;
import io.talos.identity.agents.Agents;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/**
 * Shows a registered agent, revoked or not.
 *
 * <p>Refuses with: {@link ErrorCode#AGENT_NOT_FOUND}.
 */
@Dependent
public class ReadAgent {
  private final Agents agents;

  @Inject
  ReadAgent(Agents agents) {
    this.agents = agents;
  }

  /** The agent with this DID. */
  public Outcome<Agent> read(Did did) {
    return agents
        .find(did)
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(ErrorCode.AGENT_NOT_FOUND));
  }
}
