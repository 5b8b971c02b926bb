package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.AuditFacts.Resource;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;

/**
 * A group has another owner.
 *
 * @param groupId which group
 * @param actorId who handed it over, or removed the owner whose registration was revoked
 * @param ownerId the new owner
 * @param eventDigest digest of the group's event
 */
public record GroupHandedOver(UuidV7 groupId, String actorId, String ownerId, String eventDigest)
    implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "group.handed_over",
        new Resource("group", groupId.text()),
        Json.createObjectBuilder()
            .add("actor_id", actorId)
            .add("owner_id", ownerId)
            .add("event_digest", eventDigest)
            .build());
  }
}
