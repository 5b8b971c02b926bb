package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.AuditFacts.Resource;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;

/**
 * A member asked to leave a group.
 *
 * @param groupId which group
 * @param memberId who is leaving
 * @param epoch the epoch of the proposal
 * @param position its place in the group's order
 * @param proposalBytes size of the proposal in bytes
 * @param proposalHash hex SHA-256 of the proposal
 * @param eventDigest digest of the group's event
 */
public record GroupLeaveProposed(
    UuidV7 groupId,
    String memberId,
    long epoch,
    long position,
    int proposalBytes,
    String proposalHash,
    String eventDigest)
    implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "group.leave_proposed",
        new Resource("group", groupId.text()),
        Json.createObjectBuilder()
            .add("member_id", memberId)
            .add("epoch", epoch)
            .add("position", position)
            .add("proposal_bytes", proposalBytes)
            .add("proposal_hash", proposalHash)
            .add("event_digest", eventDigest)
            .build());
  }
}
