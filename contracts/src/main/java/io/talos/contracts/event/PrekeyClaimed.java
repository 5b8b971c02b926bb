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
 * @param kemPrekeyId the KEM prekey that was given
 * @param left how many one-time prekeys are left
 * @param kemLeft how many one-time KEM prekeys are left
 */
public record PrekeyClaimed(
    String did,
    String signedPrekeyId,
    Optional<String> oneTimePrekeyId,
    Optional<String> kemPrekeyId,
    int left,
    int kemLeft)
    implements Audited {
  @Override
  public AuditFacts facts() {
    JsonObjectBuilder meta = Json.createObjectBuilder().add("signed_prekey_id", signedPrekeyId);
    oneTimePrekeyId.ifPresent(id -> meta.add("one_time_prekey_id", id));
    kemPrekeyId.ifPresent(id -> meta.add("kem_prekey_id", id));
    meta.add("one_time_prekeys_left", left).add("one_time_kem_prekeys_left", kemLeft);
    return AuditFacts.act("prekey.claimed", new AuditFacts.Resource("agent", did), meta.build());
  }
}
