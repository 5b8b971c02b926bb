package io.talos.identity;

import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.port.AgentDirectory;
import io.talos.identity.agents.Agents;
import io.talos.identity.directory.Directory;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

/** Answers from this server's own registrations; a text that is no did:key names nobody. */
@Dependent
public class LocalAgentDirectory implements AgentDirectory {
  private final Agents agents;
  private final Directory directory;

  @Inject
  LocalAgentDirectory(Agents agents, Directory directory) {
    this.agents = agents;
    this.directory = directory;
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

  @Override
  public Optional<ErrorCode> refuses(String did) {
    Optional<ErrorCode> suspended =
        parsed(did).flatMap(directory::agent).flatMap(standing -> standing.status().refusal());
    return suspended.or(() -> AgentDirectory.super.refuses(did));
  }

  private static Optional<Did> parsed(String text) {
    try {
      return Optional.of(Did.parse(text)).filter(did -> did.method() == Did.Method.KEY);
    } catch (TalosException e) {
      return Optional.empty();
    }
  }
}
