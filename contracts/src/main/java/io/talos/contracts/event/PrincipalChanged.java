package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;

/**
 * An operator changed whether a principal may act, or where it belongs.
 *
 * @param id names it
 * @param status from now on
 * @param team from now on
 */
public record PrincipalChanged(UuidV7 id, String status, UuidV7 team) implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "principal.changed",
        new AuditFacts.Resource("principal", id.text()),
        Json.createObjectBuilder().add("status", status).add("team", team.text()).build());
  }
}
