package io.talos.a2a;

import io.talos.a2a.groups.Group;
import io.talos.a2a.groups.GroupEvent;
import io.talos.a2a.groups.Groups;
import io.talos.a2a.groups.Limits;
import io.talos.a2a.groups.Members;
import io.talos.a2a.groups.Roster;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.GroupMemberInvited;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.json.Json;
import io.talos.contracts.port.AgentDirectory;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Lets an agent join a group once by an external commit, until the invitation ends. Only the owner
 * can; a later invitation takes the place of an earlier one.
 *
 * <p>Source: RFC 9420 §12.4.3.2.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_GROUP_NOT_FOUND} for everybody but the members, {@link
 * ErrorCode#A2A_MEMBER_NOT_ALLOWED} for members that are not the owner, {@link
 * ErrorCode#AGENT_NOT_FOUND} for an agent that is not registered and active, {@link
 * ErrorCode#A2A_GROUP_STATE_INVALID} when it is a member or the group is closed, {@link
 * ErrorCode#TALOS_INVALID_INPUT} when the end lies in the past or too far away, {@link
 * ErrorCode#A2A_GROUP_FULL} when too many are invited, {@link ErrorCode#A2A_LOCK_CONTENTION}.
 * Audited as {@code group.member_invited}.
 */
@Dependent
public class InviteToGroup {
  private final GroupDoor door;
  private final Groups groups;
  private final Members members;
  private final AgentDirectory agents;
  private final Event<GroupMemberInvited> invited;
  private final UuidV7Generator ids;
  private final InstantSource clock;

  @Inject
  InviteToGroup(
      GroupDoor door,
      Groups groups,
      Members members,
      AgentDirectory agents,
      Event<GroupMemberInvited> invited,
      UuidV7Generator ids,
      InstantSource clock) {
    this.door = door;
    this.groups = groups;
    this.members = members;
    this.agents = agents;
    this.invited = invited;
    this.ids = ids;
    this.clock = clock;
  }

  /** An invitation that is good until {@code expiresAt}. */
  public record Invitation(UuidV7 groupId, String agentId, Instant expiresAt) {}

  /** Invites {@code agent} as {@code actor}. */
  @Transactional
  public Outcome<Invitation> invite(
      UuidV7 id, String actor, String agent, Optional<Instant> expiresAt) {
    Instant now = WireTime.cut(clock.instant());
    Instant end = WireTime.cut(expiresAt.orElse(now.plus(Limits.INVITATION_DEFAULT)));
    return door.enter(id, actor)
        .then(roster -> GroupDoor.unless(roster.refusesOwners(actor), roster))
        .then(roster -> admit(roster, agent, now, end))
        .then(found -> Outcome.done(keep(found, actor, now, end)));
  }

  /** The one to invite, and to what. */
  private record Guest(Group group, String did) {}

  private Outcome<Guest> admit(Roster roster, String agent, Instant now, Instant end) {
    if (!now.isBefore(end) || end.isAfter(now.plus(Limits.INVITATION_MAX))) {
      return Outcome.refused(ErrorCode.TALOS_INVALID_INPUT);
    }
    Optional<String> did =
        agents.find(agent).filter(AgentDirectory.Agent::active).map(AgentDirectory.Agent::did);
    if (did.isEmpty()) {
      return Outcome.refused(ErrorCode.AGENT_NOT_FOUND);
    }
    if (roster.member(did.get()).isPresent()) {
      return Outcome.refused(ErrorCode.A2A_GROUP_STATE_INVALID);
    }
    Group group = roster.group();
    return members.countInvitations(group.id(), did.get(), now) < Limits.INVITATIONS_MAX
        ? Outcome.done(new Guest(group, did.get()))
        : Outcome.refused(ErrorCode.A2A_GROUP_FULL);
  }

  private Invitation keep(Guest guest, String actor, Instant now, Instant end) {
    Group group = guest.group();
    GroupEvent.Said said =
        GroupEvent.Said.about(
            guest.did(),
            GroupEvent.Type.MEMBER_INVITED,
            Json.createObjectBuilder().add("expires_at", WireTime.format(end)).build());
    Group.Change change = group.to(group, actor, List.of(said), ids, now);
    groups.change(change);
    members.invite(group.id(), guest.did(), actor, end);
    invited.fire(
        new GroupMemberInvited(group.id(), actor, guest.did(), end, change.after().digest()));
    return new Invitation(group.id(), guest.did(), end);
  }
}
