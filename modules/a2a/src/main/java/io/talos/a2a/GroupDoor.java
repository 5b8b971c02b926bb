package io.talos.a2a;

import io.talos.a2a.groups.Group;
import io.talos.a2a.groups.Groups;
import io.talos.a2a.groups.Member;
import io.talos.a2a.groups.Members;
import io.talos.a2a.groups.Roster;
import io.talos.a2a.groups.Seat;
import io.talos.a2a.ops.A2aSettings;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How an agent gets at a group. To everybody but its members, and for joining those whom the owner
 * invited, it looks exactly as if it did not exist; so that is asked before the lock, whose
 * contention would tell, and again under it.
 */
@Dependent
class GroupDoor {
  private final Groups groups;
  private final Members members;
  private final A2aSettings settings;

  @Inject
  GroupDoor(Groups groups, Members members, A2aSettings settings) {
    this.groups = groups;
    this.members = members;
    this.settings = settings;
  }

  /** The group and all of its members, for one of them. */
  Outcome<Roster> look(UuidV7 id, String actor) {
    return roster(id)
        .filter(roster -> roster.member(actor).isPresent())
        .map(Outcome::done)
        .orElseGet(GroupDoor::nothing);
  }

  /** The same, with the caller as the group's only writer until the transaction ends. */
  Outcome<Roster> enter(UuidV7 id, String actor) {
    return members.find(id, actor).isEmpty() ? nothing() : locked(id, () -> look(id, actor));
  }

  /** The group and the caller's own seat, as its only writer. */
  Outcome<Seat> takeSeat(UuidV7 id, String actor) {
    return seat(id, actor).then(seen -> locked(id, () -> seat(id, actor)));
  }

  /** The group and the caller's own seat. */
  Outcome<Seat> seat(UuidV7 id, String actor) {
    Optional<Member> member = members.find(id, actor);
    Optional<Group> group = member.isEmpty() ? Optional.empty() : groups.find(id);
    return group
        .map(found -> Outcome.done(new Seat(found, member.orElseThrow())))
        .orElseGet(GroupDoor::nothing);
  }

  /** The group, for a member or somebody who was invited. */
  Outcome<Group> lookIn(UuidV7 id, String actor, Instant now) {
    return isMemberOrInvited(id, actor, now)
        ? groups.find(id).map(Outcome::done).orElseGet(GroupDoor::nothing)
        : nothing();
  }

  /** The group and all of its members, for one of them or somebody invited, as its only writer. */
  Outcome<Roster> enterToJoin(UuidV7 id, String actor, Instant now) {
    return locked(
        id,
        () ->
            isMemberOrInvited(id, actor, now)
                ? roster(id).map(Outcome::done).orElseGet(GroupDoor::nothing)
                : nothing());
  }

  private boolean isMemberOrInvited(UuidV7 id, String actor, Instant now) {
    return members.find(id, actor).isPresent()
        // At its end an invitation is worth nothing.
        || members.invitedUntil(id, actor).filter(now::isBefore).isPresent();
  }

  private Optional<Roster> roster(UuidV7 id) {
    return groups.find(id).map(group -> new Roster(group, members.now(id)));
  }

  private <T> Outcome<T> locked(UuidV7 id, Supplier<Outcome<T>> inside) {
    return groups.lock(id, settings.lockWait())
        ? inside.get()
        : Outcome.refused(ErrorCode.A2A_LOCK_CONTENTION);
  }

  static <T> Outcome<T> nothing() {
    return Outcome.refused(ErrorCode.A2A_GROUP_NOT_FOUND);
  }

  /** The value, or the refusal when there is one. */
  static <T> Outcome<T> unless(Optional<ErrorCode> refusal, T value) {
    return refusal.map(Outcome::<T>refused).orElseGet(() -> Outcome.done(value));
  }
}
