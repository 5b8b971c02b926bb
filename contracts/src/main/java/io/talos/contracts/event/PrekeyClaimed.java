package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.util.Optional;

/**
 * The caller was given an agent's prekeys, to open a channel with it.
 *
 * @param did whose prekeys they are
 * @param signedPrekeyId the signed prekey that was given
 * @param oneTimePrekeyId the one-time prekey that was given and is gone now
 * @param left how many one-time prekeys are left
 */
public record PrekeyClaimed(
    String did, String signedPrekeyId, Optional<String> oneTimePrekeyId, int left)
    implements Audited {
  @Override
  public AuditFacts facts() {
    JsonObjectBuilder meta = Json.createObjectBuilder().add("signed_prekey_id", signedPrekeyId);
    oneTimePrekeyId.ifPresent(id -> meta.add("one_time_prekey_id", id));
    meta.add("one_time_prekeys_left", left);
    return AuditFacts.act("prekey.claimed", new AuditFacts.Resource("agent", did), meta.build());
  }
}
