package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.AuditFacts.Resource;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;

/**
 * A participant closed a private session.
 *
 * @param sessionId which session
 * @param actorId who closed
 * @param eventDigest digest of the session's event
 */
public record SessionClosed(UuidV7 sessionId, String actorId, String eventDigest)
    implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "session.closed",
        new Resource("session", sessionId.text()),
        Json.createObjectBuilder()
            .add("actor_id", actorId)
            .add("event_digest", eventDigest)
            .build());
  }
}
