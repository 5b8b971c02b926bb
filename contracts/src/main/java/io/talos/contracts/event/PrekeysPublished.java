package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import java.time.Instant;

/**
 * An agent replaced its signed prekey and added one-time prekeys.
 *
 * @param did the agent's did:key
 * @param signedPrekeyId the signed prekey that is current now
 * @param expiresAt when that prekey expires
 * @param added how many one-time prekeys are new
 * @param kemAdded how many one-time KEM prekeys are new
 */
public record PrekeysPublished(
    String did, String signedPrekeyId, Instant expiresAt, int added, int kemAdded)
    implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "prekeys.published",
        new AuditFacts.Resource("agent", did),
        Json.createObjectBuilder()
            .add("signed_prekey_id", signedPrekeyId)
            .add("expires_at", WireTime.format(expiresAt))
            .add("one_time_prekeys_added", added)
            .add("one_time_kem_prekeys_added", kemAdded)
            .build());
  }
}
