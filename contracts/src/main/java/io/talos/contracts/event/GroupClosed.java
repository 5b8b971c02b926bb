package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.AuditFacts.Resource;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;

/**
 * A group's owner closed it for good.
 *
 * @param groupId which group
 * @param actorId who closed
 * @param eventDigest digest of the group's event
 */
public record GroupClosed(UuidV7 groupId, String actorId, String eventDigest) implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "group.closed",
        new Resource("group", groupId.text()),
        Json.createObjectBuilder()
            .add("actor_id", actorId)
            .add("event_digest", eventDigest)
            .build());
  }
}
