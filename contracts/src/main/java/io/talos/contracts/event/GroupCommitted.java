package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.AuditFacts.Resource;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;

/**
 * A member, or one that joined by it, moved a group to its next epoch. Sizes and digests only:
 * never the commit.
 *
 * @param groupId which group
 * @param actorId who committed
 * @param epoch the epoch that it began
 * @param position its place in the group's order
 * @param external whether the committer joined by it
 * @param commitBytes size of the commit in bytes
 * @param commitHash hex SHA-256 of the commit
 * @param added how many members it says it adds
 * @param removed how many members it says it removes
 * @param eventDigest digest of the last of the group's events
 */
public record GroupCommitted(
    UuidV7 groupId,
    String actorId,
    long epoch,
    long position,
    boolean external,
    int commitBytes,
    String commitHash,
    int added,
    int removed,
    String eventDigest)
    implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "group.committed",
        new Resource("group", groupId.text()),
        Json.createObjectBuilder()
            .add("actor_id", actorId)
            .add("epoch", epoch)
            .add("position", position)
            .add("external", external)
            .add("commit_bytes", commitBytes)
            .add("commit_hash", commitHash)
            .add("added", added)
            .add("removed", removed)
            .add("event_digest", eventDigest)
            .build());
  }
}
