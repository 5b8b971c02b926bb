package io.talos.a2a.groups;

import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A group as the server knows it, its members aside. Immutable; a change is a new value and the
 * events that belong to it.
 *
 * @param id names it, in MLS too
 * @param name for people
 * @param owner DID of the member that decides who else is one
 * @param state active or closed
 * @param epoch the MLS epoch that the last commit began
 * @param position place of the last entry, 0 before the first
 * @param createdAt when it was made
 * @param events how many events its history has
 * @param digest digest of the last of them
 */
public record Group(
    UuidV7 id,
    Optional<String> name,
    String owner,
    GroupState state,
    long epoch,
    long position,
    Instant createdAt,
    long events,
    String digest) {

  /** Checks the numbers. */
  public Group {
    name.ifPresent(text -> Check.atMost(text.length(), Limits.NAME_CHARACTERS_MAX, "the name"));
    Check.that(epoch >= 0 && position >= epoch, "every epoch has its commit");
    Check.that(events > 0, "a group has a history");
  }

  /**
   * A change: the group before and after it, and the events that say so.
   *
   * @param before what the store must still find, so that nothing in between is lost
   */
  public record Change(Group before, Group after, List<GroupEvent> events) {
    /** Copies. */
    public Change {
      events = List.copyOf(events);
    }
  }

  /** A new group. */
  public record Creation(Group group, GroupEvent event) {}

  /** The group that {@code owner} makes. */
  public static Creation create(
      Optional<String> name, String owner, GroupEvent.Said said, UuidV7Generator ids, Instant now) {
    UuidV7 id = ids.next(now);
    GroupEvent event =
        GroupEvent.chain(id, 0, Optional.empty(), owner, List.of(said), ids, now).get(0);
    return new Creation(
        new Group(id, name, owner, GroupState.ACTIVE, 0, 0, now, 1, event.digest()), event);
  }

  /** Why what needs an active group may not be done, if so. */
  public Optional<ErrorCode> refusesUse() {
    return state == GroupState.ACTIVE
        ? Optional.empty()
        : Optional.of(ErrorCode.A2A_GROUP_STATE_INVALID);
  }

  /** Why what was made in {@code made} may not be taken, if so. */
  public Optional<ErrorCode> refusesEpoch(long made) {
    return made == epoch ? Optional.empty() : Optional.of(ErrorCode.A2A_GROUP_EPOCH_CONFLICT);
  }

  /** With one more entry. */
  public Group withEntry() {
    return new Group(id, name, owner, state, epoch, position + 1, createdAt, events, digest);
  }

  /** With one more entry, a commit, which begins the next epoch. */
  public Group inNextEpoch() {
    return new Group(id, name, owner, state, epoch + 1, position + 1, createdAt, events, digest);
  }

  /** Of another owner. */
  public Group ownedBy(String next) {
    return new Group(id, name, next, state, epoch, position, createdAt, events, digest);
  }

  /** Over. */
  public Group closed() {
    return new Group(
        id, name, owner, GroupState.CLOSED, epoch, position, createdAt, events, digest);
  }

  /** The change to {@code next}, of which {@code actor}'s history says {@code said}. */
  public Change to(
      Group next, String actor, List<GroupEvent.Said> said, UuidV7Generator ids, Instant now) {
    List<GroupEvent> added =
        GroupEvent.chain(id, events, Optional.of(digest), actor, said, ids, now);
    String last = added.isEmpty() ? digest : added.get(added.size() - 1).digest();
    return new Change(
        this,
        new Group(
            id,
            next.name,
            next.owner,
            next.state,
            next.epoch,
            next.position,
            createdAt,
            events + added.size(),
            last),
        added);
  }
}
