package io.talos.contracts.event;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;

/** A policy document was kept as a draft; it changes nothing yet. */
public record PolicyDrafted(UuidV7 id, Bytes digest) implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "policy.drafted",
        new AuditFacts.Resource("policy_draft", id.text()),
        Json.createObjectBuilder().add("digest", digest.hex()).build());
  }
}
