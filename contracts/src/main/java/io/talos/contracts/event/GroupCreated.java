package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.AuditFacts.Resource;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;

/**
 * An agent made a group, whose owner and only member it is.
 *
 * @param groupId which group
 * @param ownerId who made it
 * @param eventDigest digest of the group's event
 */
public record GroupCreated(UuidV7 groupId, String ownerId, String eventDigest) implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "group.created",
        new Resource("group", groupId.text()),
        Json.createObjectBuilder()
            .add("owner_id", ownerId)
            .add("event_digest", eventDigest)
            .build());
  }
}
