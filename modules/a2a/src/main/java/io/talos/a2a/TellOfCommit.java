package io.talos.a2a;

import io.talos.a2a.groups.Commit;
import io.talos.a2a.groups.Entry;
import io.talos.a2a.groups.Group;
import io.talos.a2a.groups.Member;
import io.talos.a2a.groups.Roster;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.event.GroupCommitted;
import io.talos.contracts.event.GroupHandedOver;
import io.talos.contracts.event.GroupMemberAdded;
import io.talos.contracts.event.GroupMemberRemoved;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.stream.Stream;

/** Tells the other modules what a commit did: the epoch, and each member that came or went. */
@Dependent
class TellOfCommit {
  private final Event<GroupCommitted> committed;
  private final Event<GroupMemberAdded> added;
  private final Event<GroupMemberRemoved> removed;
  private final Event<GroupHandedOver> handedOver;
  private final Event<Arrived> arrived;

  @Inject
  TellOfCommit(
      Event<GroupCommitted> committed,
      Event<GroupMemberAdded> added,
      Event<GroupMemberRemoved> removed,
      Event<GroupHandedOver> handedOver,
      Event<Arrived> arrived) {
    this.committed = committed;
    this.added = added;
    this.removed = removed;
    this.handedOver = handedOver;
    this.arrived = arrived;
  }

  /** Tells of it, and wakes those who were members before it and those who are after it. */
  void of(Group.Change change, Entry entry, Roster before) {
    UuidV7 id = entry.groupId();
    String actor = entry.senderId();
    long epoch = change.after().epoch();
    Commit.Declared declared = entry.declared().orElseThrow();
    committed.fire(
        new GroupCommitted(
            id,
            actor,
            epoch,
            entry.position(),
            declared.external(),
            entry.content().size(),
            Sha256.hex(entry.content()),
            declared.added().size(),
            declared.removed().size(),
            change.after().digest()));
    declared.removed().forEach(who -> removed.fire(new GroupMemberRemoved(id, actor, who, epoch)));
    declared.added().forEach(who -> added.fire(new GroupMemberAdded(id, actor, who, epoch)));
    String owner = change.after().owner();
    if (!owner.equals(change.before().owner())) {
      handedOver.fire(new GroupHandedOver(id, actor, owner, change.after().digest()));
    }
    arrived.fire(
        new Arrived(
            Stream.concat(before.members().stream().map(Member::agentId), declared.added().stream())
                .distinct()
                .toList()));
  }
}
