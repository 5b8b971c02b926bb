package io.talos.contracts.event;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;

/**
 * A version of the policy came into force.
 *
 * @param digest of the document
 * @param rolledBackTo the version that it repeats
 * @param signer the policy key that signed it
 */
public record PolicyPublished(
    long version, Bytes digest, Optional<Long> rolledBackTo, Optional<String> signer)
    implements Audited {
  @Override
  public AuditFacts facts() {
    JsonObjectBuilder meta = Json.createObjectBuilder().add("digest", digest.hex());
    rolledBackTo.ifPresent(old -> meta.add("rolled_back_to", old));
    signer.ifPresent(key -> meta.add("signer", key));
    return AuditFacts.act(
        "policy.published",
        new AuditFacts.Resource("policy_version", Long.toString(version)),
        meta.build());
  }
}
