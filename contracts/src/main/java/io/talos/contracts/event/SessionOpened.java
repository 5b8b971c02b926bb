package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.AuditFacts.Resource;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import java.time.Instant;

/**
 * An agent asked another for a private session.
 *
 * @param sessionId which session
 * @param initiatorId who asked
 * @param responderId who was asked
 * @param suite name of the channel suite
 * @param expiresAt when it ends by itself
 * @param eventDigest digest of the session's event
 */
public record SessionOpened(
    UuidV7 sessionId,
    String initiatorId,
    String responderId,
    String suite,
    Instant expiresAt,
    String eventDigest)
    implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "session.opened",
        new Resource("session", sessionId.text()),
        Json.createObjectBuilder()
            .add("initiator_id", initiatorId)
            .add("responder_id", responderId)
            .add("suite", suite)
            .add("expires_at", WireTime.format(expiresAt))
            .add("event_digest", eventDigest)
            .build());
  }
}
