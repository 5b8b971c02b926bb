package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.AuditFacts.Resource;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;

/**
 * A commit made an agent a member of a group.
 *
 * @param groupId which group
 * @param actorId who committed; the member itself when it joined by invitation
 * @param memberId who is a member now
 * @param epoch since which epoch
 */
public record GroupMemberAdded(UuidV7 groupId, String actorId, String memberId, long epoch)
    implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "group.member_added",
        new Resource("group", groupId.text()),
        Json.createObjectBuilder()
            .add("actor_id", actorId)
            .add("member_id", memberId)
            .add("epoch", epoch)
            .build());
  }
}
