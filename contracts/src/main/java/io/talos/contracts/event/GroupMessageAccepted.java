package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.AuditFacts.Resource;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;

/**
 * A message was stored for a group's members. Ids, sizes and digests only: never the message.
 *
 * @param groupId which group
 * @param senderId who sent it
 * @param epoch under which epoch's keys
 * @param position its place in the group's order
 * @param messageBytes size of the message in bytes
 * @param messageHash hex SHA-256 of the message
 */
public record GroupMessageAccepted(
    UuidV7 groupId,
    String senderId,
    long epoch,
    long position,
    int messageBytes,
    String messageHash)
    implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "group.message_accepted",
        new Resource("group", groupId.text()),
        Json.createObjectBuilder()
            .add("sender_id", senderId)
            .add("epoch", epoch)
            .add("position", position)
            .add("message_bytes", messageBytes)
            .add("message_hash", messageHash)
            .build());
  }
}
