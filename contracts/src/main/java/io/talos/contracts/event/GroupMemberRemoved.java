package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.AuditFacts.Resource;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;

/**
 * A commit ended an agent's membership in a group.
 *
 * @param groupId which group
 * @param actorId who committed
 * @param memberId who is no member any more
 * @param epoch from which epoch on
 */
public record GroupMemberRemoved(UuidV7 groupId, String actorId, String memberId, long epoch)
    implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "group.member_removed",
        new Resource("group", groupId.text()),
        Json.createObjectBuilder()
            .add("actor_id", actorId)
            .add("member_id", memberId)
            .add("epoch", epoch)
            .build());
  }
}
