package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;

/**
 * An operator made a team of an organisation.
 *
 * @param id names it
 * @param org its organisation
 */
public record TeamCreated(UuidV7 id, UuidV7 org) implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "team.created",
        new AuditFacts.Resource("team", id.text()),
        Json.createObjectBuilder().add("org", org.text()).build());
  }
}
