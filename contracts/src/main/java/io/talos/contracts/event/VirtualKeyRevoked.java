package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.id.UuidV7;
import jakarta.json.JsonValue;

/**
 * An operator ended a bearer key before its time.
 *
 * @param id names the key
 */
public record VirtualKeyRevoked(UuidV7 id) implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "virtual_key.revoked",
        new AuditFacts.Resource("virtual_key", id.text()),
        JsonValue.EMPTY_JSON_OBJECT);
  }
}
