package io.talos.a2a;

import io.talos.a2a.groups.Group;
import io.talos.a2a.groups.GroupEvent;
import io.talos.a2a.groups.Groups;
import io.talos.a2a.groups.Roster;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.GroupClosed;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Closes a group for good; its members may still read what was sent. Only the owner can.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_GROUP_NOT_FOUND} for everybody but the members, {@link
 * ErrorCode#A2A_MEMBER_NOT_ALLOWED} for members that are not the owner, {@link
 * ErrorCode#A2A_GROUP_STATE_INVALID} when it is closed already, {@link
 * ErrorCode#A2A_LOCK_CONTENTION}. Audited as {@code group.closed}.
 */
@Dependent
public class CloseGroup {
  private final GroupDoor door;
  private final Groups groups;
  private final Event<GroupClosed> closed;
  private final UuidV7Generator ids;
  private final InstantSource clock;

  @Inject
  CloseGroup(
      GroupDoor door,
      Groups groups,
      Event<GroupClosed> closed,
      UuidV7Generator ids,
      InstantSource clock) {
    this.door = door;
    this.groups = groups;
    this.closed = closed;
    this.ids = ids;
    this.clock = clock;
  }

  /** Closes the group as {@code actor}. */
  @Transactional
  public Outcome<Roster> close(UuidV7 id, String actor) {
    Instant now = WireTime.cut(clock.instant());
    return door.enter(id, actor)
        .then(roster -> GroupDoor.unless(roster.refusesOwners(actor), roster))
        .then(roster -> Outcome.done(keep(roster, actor, now)));
  }

  private Roster keep(Roster roster, String actor, Instant now) {
    Group group = roster.group();
    GroupEvent.Said said =
        GroupEvent.Said.of(GroupEvent.Type.GROUP_CLOSED, JsonValue.EMPTY_JSON_OBJECT);
    Group.Change change = group.to(group.closed(), actor, List.of(said), ids, now);
    groups.change(change);
    closed.fire(new GroupClosed(group.id(), actor, change.after().digest()));
    return new Roster(change.after(), roster.members());
  }
}
