package io.talos.identity;

import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.identity.agents.Agent;
import io.talos.identity.agents.Agents;
import io.talos.identity.agents.KeyHistories;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.List;

/**
 * Shows the key history of a registered agent, for whoever verifies what it signed.
 *
 * <p>Refuses with: {@link ErrorCode#AGENT_NOT_FOUND}.
 */
@Dependent
public class ReadKeyHistory {
  private final Agents agents;
  private final KeyHistories histories;

  @Inject
  ReadKeyHistory(Agents agents, KeyHistories histories) {
    this.agents = agents;
    this.histories = histories;
  }

  /** An agent with its statements, oldest first, as canonical JSON. */
  public record History(Agent agent, List<String> statements) {
    /** Copies. */
    public History {
      statements = List.copyOf(statements);
    }
  }

  /** The history of the agent with this DID. */
  public Outcome<History> read(Did did) {
    return agents
        .find(did)
        .map(agent -> Outcome.done(new History(agent, histories.texts(did))))
        .orElseGet(() -> Outcome.refused(ErrorCode.AGENT_NOT_FOUND));
  }
}
