package io.talos.identity;

import io.talos.contracts.did.Did;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.port.AgentDirectory;
import io.talos.identity.agents.Agents;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

/** Answers from this server's own registrations; a text that is no did:key names nobody. */
@Dependent
public class LocalAgentDirectory implements AgentDirectory {
  private final Agents agents;

  @Inject
  LocalAgentDirectory(Agents agents) {
    this.agents = agents;
  }

  @Override
  public Optional<Agent> find(String did) {
    return parsed(did)
        .flatMap(agents::find)
        .map(
            agent ->
                new Agent(
                    agent.did().text(),
                    agent.currentKey(),
                    agent.isActive(),
                    agent.registeredAt()));
  }

  private static Optional<Did> parsed(String text) {
    try {
      return Optional.of(Did.parse(text)).filter(did -> did.method() == Did.Method.KEY);
    } catch (TalosException e) {
      return Optional.empty();
    }
  }
}
