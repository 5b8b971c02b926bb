package io.talos.a2a;

import io.talos.a2a.groups.Commit;
import io.talos.a2a.groups.Entries;
import io.talos.a2a.groups.Entry;
import io.talos.a2a.groups.Group;
import io.talos.a2a.groups.Groups;
import io.talos.a2a.groups.Member;
import io.talos.a2a.groups.Members;
import io.talos.a2a.groups.Retention;
import io.talos.a2a.groups.Roster;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.port.AgentDirectory;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Moves a group to its next epoch. Of all commits made in one epoch exactly one is taken, so the
 * epochs are one chain whoever commits at the same time on whatever node. The commit stays opaque:
 * whom it adds and removes is what the committer says, and the members compare.
 *
 * <p>The owner adds and removes others. Every member may renew its own keys, remove those who are
 * leaving and those whose registration was revoked, and join anew from outside; whoever was invited
 * may join from outside. A commit of a member removes all who are leaving.
 *
 * <p>Source: RFC 9420 §12.4, §12.4.3.2, §14.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_GROUP_NOT_FOUND} for everybody but the members and the
 * invited, {@link ErrorCode#TALOS_INVALID_INPUT} when the commit's parts do not fit each other,
 * {@link ErrorCode#AGENT_NOT_FOUND} for an added agent that is not registered and active, {@link
 * ErrorCode#A2A_GROUP_STATE_INVALID}, {@link ErrorCode#A2A_GROUP_EPOCH_CONFLICT} for all but the
 * first of an epoch, {@link ErrorCode#A2A_GROUP_LEAVE_PENDING}, {@link
 * ErrorCode#A2A_MEMBER_NOT_ALLOWED}, {@link ErrorCode#A2A_GROUP_FULL}, {@link
 * ErrorCode#A2A_LOCK_CONTENTION}. Audited as {@code group.committed}, {@code group.member_added},
 * {@code group.member_removed}, {@code group.handed_over}.
 */
@Dependent
public class CommitToGroup {
  private final GroupDoor door;
  private final Groups groups;
  private final Members members;
  private final Entries entries;
  private final AgentDirectory agents;
  private final TellOfCommit tell;
  private final UuidV7Generator ids;
  private final Retention retention;
  private final InstantSource clock;

  @Inject
  CommitToGroup(
      GroupDoor door,
      Groups groups,
      Members members,
      Entries entries,
      AgentDirectory agents,
      TellOfCommit tell,
      UuidV7Generator ids,
      Retention retention,
      InstantSource clock) {
    this.door = door;
    this.groups = groups;
    this.members = members;
    this.entries = entries;
    this.agents = agents;
    this.tell = tell;
    this.ids = ids;
    this.retention = retention;
    this.clock = clock;
  }

  /** Takes {@code commit} of {@code actor}. */
  @Transactional
  public Outcome<Entry> commit(UuidV7 id, String actor, Commit commit) {
    Instant now = WireTime.cut(clock.instant());
    return before(id, actor, commit, now)
        .then(group -> enter(id, actor, commit, now))
        .then(
            roster ->
                GroupDoor.unless(roster.refusesCommit(actor, commit, this::isRevoked), roster))
        .then(roster -> Outcome.done(keep(roster, actor, commit, now)));
  }

  /** What can be said without the lock; an epoch that is over never comes back. */
  private Outcome<Group> before(UuidV7 id, String actor, Commit commit, Instant now) {
    return look(id, actor, commit, now)
        .then(
            group -> {
              if (!commit.isCoherentFrom(actor)) {
                return Outcome.refused(ErrorCode.TALOS_INVALID_INPUT);
              }
              if (!commit.declared().added().stream().allMatch(this::isActive)) {
                return Outcome.refused(ErrorCode.AGENT_NOT_FOUND);
              }
              return GroupDoor.unless(
                  group.refusesUse().or(() -> group.refusesEpoch(commit.epoch())), group);
            });
  }

  private Outcome<Group> look(UuidV7 id, String actor, Commit commit, Instant now) {
    return commit.declared().external()
        ? door.lookIn(id, actor, now)
        : door.seat(id, actor).then(seat -> Outcome.done(seat.group()));
  }

  private Outcome<Roster> enter(UuidV7 id, String actor, Commit commit, Instant now) {
    return commit.declared().external() ? door.enterToJoin(id, actor, now) : door.enter(id, actor);
  }

  /** Only an agent's first name counts, so that nobody is a member under two. */
  private boolean isActive(String agent) {
    return agents
        .find(agent)
        .filter(AgentDirectory.Agent::active)
        .filter(found -> found.did().equals(agent))
        .isPresent();
  }

  private boolean isRevoked(String agent) {
    return agents.find(agent).filter(AgentDirectory.Agent::active).isEmpty();
  }

  private Entry keep(Roster roster, String actor, Commit commit, Instant now) {
    Group group = roster.group();
    Commit.Declared declared = commit.declared();
    Group next = group.inNextEpoch().ownedBy(roster.ownerAfter(actor, declared));
    Group.Change change = group.to(next, actor, commit.saidOf(group, next), ids, now);
    Entry entry =
        new Entry(
            group.id(),
            next.position(),
            Entry.Kind.COMMIT,
            actor,
            group.epoch(),
            commit.content(),
            commit.welcome(),
            Optional.of(declared),
            now);
    groups.change(change);
    entries.add(entry, retention.bytesMax());
    entries.putInfo(group.id(), new Entries.Info(next.epoch(), commit.groupInfo()));
    for (String removed : declared.removed()) {
      members.part(group.id(), removed, next.position());
    }
    for (String added : declared.added()) {
      members.join(group.id(), Member.staying(added, next.epoch(), next.position()));
      members.forgetInvitation(group.id(), added);
    }
    tell.of(change, entry, roster);
    return entry;
  }
}
