package io.talos.contracts.event;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;

/**
 * A registered agent began its key history.
 *
 * @param did the agent's did:key
 * @param recovery SHA-256 of the recovery key that it promised
 */
public record AgentKeyHistoryBegun(String did, Optional<Bytes> recovery) implements Audited {
  @Override
  public AuditFacts facts() {
    JsonObjectBuilder meta = Json.createObjectBuilder();
    recovery.ifPresent(promise -> meta.add("recovery", promise.hex()));
    return AuditFacts.act(
        "agent.key_history_begun", new AuditFacts.Resource("agent", did), meta.build());
  }
}
