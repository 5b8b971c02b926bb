package io.talos.identity.agents;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.IdentityKey;
import io.talos.contracts.did.Did;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Agents in a map. */
public final class InMemoryAgents implements Agents {
  private final Map<Did, Agent> agents = new HashMap<>();

  @Override
  public boolean add(Agent agent) {
    return agents.putIfAbsent(agent.did(), agent) == null;
  }

  @Override
  public Optional<Agent> find(Did did) {
    return Optional.ofNullable(agents.get(did));
  }

  @Override
  public void rekey(Did did, Bytes key, IdentityKey keyAgreement) {
    Agent a = find(did).orElseThrow();
    agents.put(
        did, new Agent(did, key, keyAgreement, a.displayName(), a.registeredAt(), a.revokedAt()));
  }

  @Override
  public boolean revoke(Did did, Instant now) {
    Optional<Agent> active = find(did).filter(Agent::isActive);
    active.ifPresent(
        a ->
            agents.put(
                did,
                new Agent(
                    did,
                    a.currentKey(),
                    a.keyAgreement(),
                    a.displayName(),
                    a.registeredAt(),
                    Optional.of(now))));
    return active.isPresent();
  }
}
