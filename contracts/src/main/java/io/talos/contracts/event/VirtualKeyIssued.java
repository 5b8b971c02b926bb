package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import java.time.Instant;
import java.util.Map;

/**
 * An operator made a bearer key; the key itself is nowhere in here.
 *
 * @param id names the key
 * @param name what the operator calls it; may name a person
 * @param expiresAt when it stops being accepted
 */
public record VirtualKeyIssued(UuidV7 id, String name, Instant expiresAt) implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
            "virtual_key.issued",
            new AuditFacts.Resource("virtual_key", id.text()),
            Json.createObjectBuilder().add("expires_at", WireTime.format(expiresAt)).build())
        .withPersonal(Map.of("name", name));
  }
}
