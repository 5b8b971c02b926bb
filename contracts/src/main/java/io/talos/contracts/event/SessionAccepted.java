package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.AuditFacts.Resource;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;

/**
 * The responder accepted a private session.
 *
 * @param sessionId which session
 * @param actorId who accepted
 * @param eventDigest digest of the session's event
 */
public record SessionAccepted(UuidV7 sessionId, String actorId, String eventDigest)
    implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "session.accepted",
        new Resource("session", sessionId.text()),
        Json.createObjectBuilder()
            .add("actor_id", actorId)
            .add("event_digest", eventDigest)
            .build());
  }
}
