package io.talos.a2a.rest;

import io.talos.a2a.groups.Group;
import io.talos.a2a.groups.Member;
import io.talos.a2a.groups.Roster;
import io.talos.contracts.time.WireTime;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A group as its members see it; schema {@code a2a/group.v2}. */
public record GroupResponse(
    @JsonbProperty("group_id") String groupId,
    @Nullable String name,
    @JsonbProperty("owner_id") String ownerId,
    String state,
    long epoch,
    @JsonbProperty("created_at") String createdAt,
    List<Seat> members,
    @JsonbProperty("event_count") long eventCount,
    @JsonbProperty("event_digest") String eventDigest) {

  /** A member. */
  public record Seat(
      @JsonbProperty("agent_id") String agentId,
      String role,
      @JsonbProperty("since_epoch") long sinceEpoch,
      boolean leaving) {
    static Seat of(Group group, Member member) {
      return new Seat(
          member.agentId(),
          group.owner().equals(member.agentId()) ? "owner" : "member",
          member.sinceEpoch(),
          member.leaving());
    }
  }

  static GroupResponse of(Roster roster) {
    Group group = roster.group();
    return new GroupResponse(
        group.id().text(),
        group.name().orElse(null),
        group.owner(),
        group.state().wire(),
        group.epoch(),
        WireTime.format(group.createdAt()),
        roster.members().stream().map(member -> Seat.of(group, member)).toList(),
        group.events(),
        group.digest());
  }
}
