package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;

/** A draft of the policy was thrown away; what is in force did not change. */
public record PolicyDraftDiscarded(UuidV7 id) implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "policy.draft_discarded",
        new AuditFacts.Resource("policy_draft", id.text()),
        Json.createObjectBuilder().build());
  }
}
