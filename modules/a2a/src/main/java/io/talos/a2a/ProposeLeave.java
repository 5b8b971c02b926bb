package io.talos.a2a;

import io.talos.a2a.groups.Entries;
import io.talos.a2a.groups.Entry;
import io.talos.a2a.groups.Group;
import io.talos.a2a.groups.GroupEvent;
import io.talos.a2a.groups.Groups;
import io.talos.a2a.groups.Limits;
import io.talos.a2a.groups.Members;
import io.talos.a2a.groups.Retention;
import io.talos.a2a.groups.Seat;
import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.GroupLeaveProposed;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Takes a member's proposal to be removed. From then on it may read but not send, and the next
 * commit of another member must remove it. It proposes once in an epoch, so that no commit meets
 * two proposals to remove it.
 *
 * <p>Source: RFC 9420 §12.1.3.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_GROUP_NOT_FOUND} for everybody but the members, {@link
 * ErrorCode#A2A_GROUP_STATE_INVALID} for the owner and in a closed group, {@link
 * ErrorCode#A2A_GROUP_EPOCH_CONFLICT}, {@link ErrorCode#A2A_GROUP_LEAVE_PENDING} when it proposed
 * in this epoch already, {@link ErrorCode#A2A_LOCK_CONTENTION}. Audited as {@code
 * group.leave_proposed}.
 */
@Dependent
public class ProposeLeave {
  private final GroupDoor door;
  private final Groups groups;
  private final Members members;
  private final Entries entries;
  private final Event<GroupLeaveProposed> proposed;
  private final Event<Arrived> arrived;
  private final UuidV7Generator ids;
  private final Retention retention;
  private final InstantSource clock;

  @Inject
  ProposeLeave(
      GroupDoor door,
      Groups groups,
      Members members,
      Entries entries,
      Event<GroupLeaveProposed> proposed,
      Event<Arrived> arrived,
      UuidV7Generator ids,
      Retention retention,
      InstantSource clock) {
    this.door = door;
    this.groups = groups;
    this.members = members;
    this.entries = entries;
    this.proposed = proposed;
    this.arrived = arrived;
    this.ids = ids;
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * Takes the proposal of {@code actor}.
   *
   * @param epoch in which it was made
   */
  @Transactional
  public Outcome<Entry> propose(UuidV7 id, String actor, long epoch, Bytes proposal) {
    Check.that(!proposal.isEmpty(), "a proposal is not empty");
    Check.atMost(proposal.size(), Limits.PROPOSAL_BYTES_MAX, "the proposal's size");
    Instant now = WireTime.cut(clock.instant());
    return door.takeSeat(id, actor)
        .then(seat -> GroupDoor.unless(seat.refusesLeave(epoch), seat))
        .then(seat -> Outcome.done(keep(seat, actor, proposal, now)));
  }

  private Entry keep(Seat seat, String actor, Bytes proposal, Instant now) {
    Group group = seat.group();
    Group next = group.withEntry();
    GroupEvent.Said said =
        GroupEvent.Said.about(
            actor,
            GroupEvent.Type.MEMBER_LEAVING,
            Json.createObjectBuilder()
                .add("epoch", group.epoch())
                .add("position", next.position())
                .add("content_hash", Sha256.hex(proposal))
                .build());
    Group.Change change = group.to(next, actor, List.of(said), ids, now);
    Entry entry = Entry.plain(next, Entry.Kind.PROPOSAL, actor, proposal, now);
    groups.change(change);
    entries.add(entry, retention.bytesMax());
    members.markLeaving(group.id(), actor, group.epoch());
    proposed.fire(
        new GroupLeaveProposed(
            group.id(),
            actor,
            entry.epoch(),
            entry.position(),
            proposal.size(),
            Sha256.hex(proposal),
            change.after().digest()));
    arrived.fire(new Arrived(members.names(group.id())));
    return entry;
  }
}
