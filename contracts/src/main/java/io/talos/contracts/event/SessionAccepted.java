package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.AuditFacts.Resource;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;

/**
 * The responder accepted a private session.
 *
 * @param sessionId which session
 * @param actorId who accepted
 * @param eventDigest digest of the session's event
 * @param data what that event says beside: digest and counter of a parked state, or nothing
 */
public record SessionAccepted(UuidV7 sessionId, String actorId, String eventDigest, JsonObject data)
    implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "session.accepted",
        new Resource("session", sessionId.text()),
        Json.createObjectBuilder(data)
            .add("actor_id", actorId)
            .add("event_digest", eventDigest)
            .build());
  }
}
