package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Map;
import java.util.Optional;

/**
 * An operator put a user, a service account or an agent into a team.
 *
 * @param id names it here
 * @param type {@code user}, {@code service_account} or {@code agent}
 * @param name its subject or name; may name a person
 * @param did an agent's
 */
public record PrincipalCreated(
    UuidV7 id, String type, String name, UuidV7 team, Optional<String> did) implements Audited {
  @Override
  public AuditFacts facts() {
    JsonObjectBuilder meta = Json.createObjectBuilder().add("type", type).add("team", team.text());
    did.ifPresent(text -> meta.add("did", text));
    return AuditFacts.act(
            "principal.created", new AuditFacts.Resource("principal", id.text()), meta.build())
        .withPersonal(Map.of("principal_id", name));
  }
}
