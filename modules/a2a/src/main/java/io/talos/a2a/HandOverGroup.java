package io.talos.a2a;

import io.talos.a2a.groups.Group;
import io.talos.a2a.groups.GroupEvent;
import io.talos.a2a.groups.Groups;
import io.talos.a2a.groups.Roster;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.GroupHandedOver;
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
 * Makes another member the owner of a group. Only the owner can.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_GROUP_NOT_FOUND} for everybody but the members, {@link
 * ErrorCode#A2A_MEMBER_NOT_ALLOWED} for members that are not the owner, {@link
 * ErrorCode#A2A_GROUP_STATE_INVALID} when the group is closed or the next owner is no member or is
 * leaving, {@link ErrorCode#A2A_LOCK_CONTENTION}. Audited as {@code group.handed_over}.
 */
@Dependent
public class HandOverGroup {
  private final GroupDoor door;
  private final Groups groups;
  private final Event<GroupHandedOver> handedOver;
  private final UuidV7Generator ids;
  private final InstantSource clock;

  @Inject
  HandOverGroup(
      GroupDoor door,
      Groups groups,
      Event<GroupHandedOver> handedOver,
      UuidV7Generator ids,
      InstantSource clock) {
    this.door = door;
    this.groups = groups;
    this.handedOver = handedOver;
    this.ids = ids;
    this.clock = clock;
  }

  /** Hands the group from {@code actor} to {@code next}. */
  @Transactional
  public Outcome<Roster> handOver(UuidV7 id, String actor, String next) {
    Instant now = WireTime.cut(clock.instant());
    return door.enter(id, actor)
        .then(roster -> GroupDoor.unless(roster.refusesHandingOver(actor, next), roster))
        .then(roster -> Outcome.done(keep(roster, actor, next, now)));
  }

  private Roster keep(Roster roster, String actor, String next, Instant now) {
    Group group = roster.group();
    GroupEvent.Said said =
        GroupEvent.Said.about(next, GroupEvent.Type.OWNER_CHANGED, JsonValue.EMPTY_JSON_OBJECT);
    Group.Change change = group.to(group.ownedBy(next), actor, List.of(said), ids, now);
    groups.change(change);
    handedOver.fire(new GroupHandedOver(group.id(), actor, next, change.after().digest()));
    return new Roster(change.after(), roster.members());
  }
}
