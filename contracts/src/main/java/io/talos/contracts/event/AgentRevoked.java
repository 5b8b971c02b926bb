package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import jakarta.json.JsonValue;

/**
 * An operator ended an agent's registration for good; its signatures are refused from now on.
 *
 * @param did the agent's did:key
 */
public record AgentRevoked(String did) implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "agent.revoked", new AuditFacts.Resource("agent", did), JsonValue.EMPTY_JSON_OBJECT);
  }
}
