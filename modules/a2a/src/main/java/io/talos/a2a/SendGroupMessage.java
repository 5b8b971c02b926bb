package io.talos.a2a;

import io.talos.a2a.groups.Entries;
import io.talos.a2a.groups.Entry;
import io.talos.a2a.groups.Group;
import io.talos.a2a.groups.Groups;
import io.talos.a2a.groups.Limits;
import io.talos.a2a.groups.Members;
import io.talos.a2a.groups.Retention;
import io.talos.a2a.groups.Seat;
import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.GroupMessageAccepted;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Keeps a member's message for all who are members now. It is taken in the current epoch only, so
 * what is sent after a removal is never under keys that the removed member has.
 *
 * <p>Source: RFC 9420 §15.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_GROUP_NOT_FOUND} for everybody but the members, {@link
 * ErrorCode#A2A_FRAME_SIZE_EXCEEDED}, {@link ErrorCode#A2A_GROUP_STATE_INVALID}, {@link
 * ErrorCode#A2A_GROUP_EPOCH_CONFLICT}, {@link ErrorCode#A2A_GROUP_LEAVE_PENDING} for a member that
 * is leaving, {@link ErrorCode#A2A_LOCK_CONTENTION}. Audited as {@code group.message_accepted}.
 */
@Dependent
public class SendGroupMessage {
  private final GroupDoor door;
  private final Groups groups;
  private final Members members;
  private final Entries entries;
  private final Event<GroupMessageAccepted> accepted;
  private final Event<Arrived> arrived;
  private final UuidV7Generator ids;
  private final Retention retention;
  private final InstantSource clock;

  @Inject
  SendGroupMessage(
      GroupDoor door,
      Groups groups,
      Members members,
      Entries entries,
      Event<GroupMessageAccepted> accepted,
      Event<Arrived> arrived,
      UuidV7Generator ids,
      Retention retention,
      InstantSource clock) {
    this.door = door;
    this.groups = groups;
    this.members = members;
    this.entries = entries;
    this.accepted = accepted;
    this.arrived = arrived;
    this.ids = ids;
    this.retention = retention;
    this.clock = clock;
  }

  /**
   * Takes a message of {@code actor}.
   *
   * @param epoch in which it was made
   */
  @Transactional
  public Outcome<Entry> send(UuidV7 id, String actor, long epoch, Bytes message) {
    Check.that(!message.isEmpty(), "a message is not empty");
    Instant now = WireTime.cut(clock.instant());
    return door.seat(id, actor)
        .then(
            seat ->
                message.size() > Limits.MESSAGE_BYTES_MAX
                    ? Outcome.<Seat>refused(ErrorCode.A2A_FRAME_SIZE_EXCEEDED)
                    : GroupDoor.unless(seat.refusesMessage(epoch), seat))
        .then(seen -> door.takeSeat(id, actor))
        .then(seat -> GroupDoor.unless(seat.refusesMessage(epoch), seat))
        .then(seat -> Outcome.done(keep(seat, actor, message, now)));
  }

  private Entry keep(Seat seat, String actor, Bytes message, Instant now) {
    Group group = seat.group();
    Group.Change change = group.to(group.withEntry(), actor, List.of(), ids, now);
    Entry entry = Entry.plain(change.after(), Entry.Kind.MESSAGE, actor, message, now);
    groups.change(change);
    entries.add(entry, retention.bytesMax());
    accepted.fire(
        new GroupMessageAccepted(
            group.id(),
            actor,
            entry.epoch(),
            entry.position(),
            message.size(),
            Sha256.hex(message)));
    arrived.fire(new Arrived(members.names(group.id())));
    return entry;
  }
}
