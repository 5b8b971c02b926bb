package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An operator made a bearer key; the key itself is nowhere in here.
 *
 * @param id names the key
 * @param name what the operator calls it; may name a person
 * @param expiresAt when it stops being accepted
 * @param team to which it belongs
 * @param principal the service account that it speaks for
 */
public record VirtualKeyIssued(
    UuidV7 id, String name, Instant expiresAt, Optional<UuidV7> team, Optional<UuidV7> principal)
    implements Audited {
  @Override
  public AuditFacts facts() {
    JsonObjectBuilder meta =
        Json.createObjectBuilder().add("expires_at", WireTime.format(expiresAt));
    team.ifPresent(known -> meta.add("team", known.text()));
    principal.ifPresent(known -> meta.add("principal", known.text()));
    return AuditFacts.act(
            "virtual_key.issued", new AuditFacts.Resource("virtual_key", id.text()), meta.build())
        .withPersonal(Map.of("name", name));
  }
}
