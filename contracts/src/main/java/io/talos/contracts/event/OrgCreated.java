package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;

/**
 * An operator made an organisation known.
 *
 * @param id names it
 * @param domain its own
 */
public record OrgCreated(UuidV7 id, String domain) implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "org.created",
        new AuditFacts.Resource("org", id.text()),
        Json.createObjectBuilder().add("domain", domain).build());
  }
}
