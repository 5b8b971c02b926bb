package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.AuditFacts.Resource;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import java.time.Instant;

/**
 * A group's owner let an agent join by an external commit.
 *
 * @param groupId which group
 * @param actorId who invited
 * @param invitedId who may join
 * @param expiresAt until when
 * @param eventDigest digest of the group's event
 */
public record GroupMemberInvited(
    UuidV7 groupId, String actorId, String invitedId, Instant expiresAt, String eventDigest)
    implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "group.member_invited",
        new Resource("group", groupId.text()),
        Json.createObjectBuilder()
            .add("actor_id", actorId)
            .add("invited_id", invitedId)
            .add("expires_at", WireTime.format(expiresAt))
            .add("event_digest", eventDigest)
            .build());
  }
}
