package io.talos.a2a.rest;

import io.talos.a2a.groups.Entry;
import io.talos.contracts.time.WireTime;
import jakarta.json.bind.annotation.JsonbProperty;

/**
 * The acknowledgement of an entry: it is durable; schemas {@code a2a/group_commit_receipt.v1} and
 * {@code a2a/group_entry_receipt.v1}.
 *
 * @param epoch the group's epoch after it
 */
public record GroupEntryReceipt(
    @JsonbProperty("group_id") String groupId,
    long epoch,
    long position,
    @JsonbProperty("accepted_at") String acceptedAt) {

  static GroupEntryReceipt of(Entry entry) {
    return new GroupEntryReceipt(
        entry.groupId().text(),
        entry.kind() == Entry.Kind.COMMIT ? entry.epoch() + 1 : entry.epoch(),
        entry.position(),
        WireTime.format(entry.sentAt()));
  }
}
