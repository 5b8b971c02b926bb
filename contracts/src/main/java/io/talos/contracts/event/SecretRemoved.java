package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.json.Json;

/**
 * An operator removed a secret.
 *
 * @param version the version that was current
 */
public record SecretRemoved(String name, long version) implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "secret.removed",
        new AuditFacts.Resource("secret", name),
        Json.createObjectBuilder().add("version", version).build());
  }
}
