package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.json.Json;

/**
 * An operator stored a new version of a secret; its value is nowhere in here.
 *
 * @param kekId the key-encryption key that seals it
 */
public record SecretStored(String name, long version, String kekId) implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "secret.stored",
        new AuditFacts.Resource("secret", name),
        Json.createObjectBuilder().add("version", version).add("kek_id", kekId).build());
  }
}
