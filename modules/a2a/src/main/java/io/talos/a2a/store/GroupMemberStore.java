package io.talos.a2a.store;

import io.talos.a2a.groups.Limits;
import io.talos.a2a.groups.Member;
import io.talos.a2a.groups.Members;
import io.talos.a2a.groups.Stay;
import io.talos.contracts.Check;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Members of groups in Postgres. Plain columns throughout: nothing is read from memory. */
@ApplicationScoped
public class GroupMemberStore implements Members {
  private static final String NOW =
      "select agent_id, since_epoch, from_position, leaving_epoch from a2a.group_member"
          + " where group_id = ?1 and until_position is null";

  @PersistenceContext(unitName = "a2a")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public List<Member> now(UuidV7 group) {
    return each(rows.createNativeQuery(NOW + " order by from_position, agent_id limit ?2")
            .setParameter(1, group.text())
            .setParameter(2, Limits.MEMBERS_MAX))
        .map(GroupMemberStore::member)
        .toList();
  }

  @Override
  public List<String> names(UuidV7 group) {
    List<?> found =
        rows.createNativeQuery(
                "select agent_id from a2a.group_member"
                    + " where group_id = ?1 and until_position is null limit ?2")
            .setParameter(1, group.text())
            .setParameter(2, Limits.MEMBERS_MAX)
            .getResultList();
    return found.stream().map(String.class::cast).toList();
  }

  @Override
  public Optional<Member> find(UuidV7 group, String agent) {
    return each(rows.createNativeQuery(NOW + " and agent_id = ?2")
            .setParameter(1, group.text())
            .setParameter(2, agent))
        .findFirst()
        .map(GroupMemberStore::member);
  }

  private static Member member(Object[] row) {
    return new Member(
        (String) row[0],
        number(row[1]),
        number(row[2]),
        Optional.ofNullable(row[3]).map(GroupMemberStore::number));
  }

  @Override
  public List<Stay> stays(UuidV7 group, String agent) {
    List<Stay> latestFirst =
        new ArrayList<>(
            each(rows.createNativeQuery(
                        "select from_position, until_position from a2a.group_member"
                            + " where group_id = ?1 and agent_id = ?2"
                            + " order by from_position desc limit ?3")
                    .setParameter(1, group.text())
                    .setParameter(2, agent)
                    .setParameter(3, Limits.STAYS_MAX))
                .map(
                    row ->
                        new Stay(
                            number(row[0]),
                            Optional.ofNullable(row[1]).map(GroupMemberStore::number)))
                .toList());
    Collections.reverse(latestFirst);
    return latestFirst;
  }

  @Override
  public void join(UuidV7 group, Member member) {
    rows.createNativeQuery(
            "insert into a2a.group_member (group_id, agent_id, since_epoch, from_position,"
                + " acknowledged) values (?1, ?2, ?3, ?4, ?5)")
        .setParameter(1, group.text())
        .setParameter(2, member.agentId())
        .setParameter(3, member.sinceEpoch())
        .setParameter(4, member.fromPosition())
        .setParameter(5, member.fromPosition() - 1)
        .executeUpdate();
  }

  @Override
  public void part(UuidV7 group, String agent, long position) {
    int parted =
        rows.createNativeQuery(
                "update a2a.group_member set until_position = ?3, leaving_epoch = null"
                    + " where group_id = ?1 and agent_id = ?2 and until_position is null")
            .setParameter(1, group.text())
            .setParameter(2, agent)
            .setParameter(3, position)
            .executeUpdate();
    Check.that(parted == 1, "whoever parts was a member");
  }

  @Override
  public void markLeaving(UuidV7 group, String agent, long epoch) {
    int marked =
        rows.createNativeQuery(
                "update a2a.group_member set leaving_epoch = ?3"
                    + " where group_id = ?1 and agent_id = ?2 and until_position is null")
            .setParameter(1, group.text())
            .setParameter(2, agent)
            .setParameter(3, epoch)
            .executeUpdate();
    Check.that(marked == 1, "whoever leaves is a member");
  }

  @Override
  public void acknowledge(UuidV7 group, String agent, long position) {
    rows.createNativeQuery(
            "update a2a.group_member set acknowledged = least(?3, coalesce(until_position, ?3))"
                + " where group_id = ?1 and agent_id = ?2 and from_position <= ?3"
                + " and acknowledged < least(?3, coalesce(until_position, ?3))")
        .setParameter(1, group.text())
        .setParameter(2, agent)
        .setParameter(3, position)
        .executeUpdate();
  }

  @Override
  public void invite(UuidV7 group, String agent, String inviter, Instant end) {
    rows.createNativeQuery(
            "insert into a2a.group_invitation (group_id, agent_id, inviter_id, expires_at)"
                + " values (?1, ?2, ?3, ?4) on conflict (group_id, agent_id) do update"
                + " set inviter_id = excluded.inviter_id, expires_at = excluded.expires_at")
        .setParameter(1, group.text())
        .setParameter(2, agent)
        .setParameter(3, inviter)
        .setParameter(4, end.atOffset(ZoneOffset.UTC))
        .executeUpdate();
  }

  @Override
  public Optional<Instant> invitedUntil(UuidV7 group, String agent) {
    List<?> found =
        rows.createNativeQuery(
                "select expires_at from a2a.group_invitation where group_id = ?1 and agent_id = ?2")
            .setParameter(1, group.text())
            .setParameter(2, agent)
            .getResultList();
    return found.stream().findFirst().map(GroupMemberStore::instant);
  }

  @Override
  public int countInvitations(UuidV7 group, String agent, Instant now) {
    Object count =
        rows.createNativeQuery(
                "select count(*) from a2a.group_invitation"
                    + " where group_id = ?1 and agent_id <> ?2 and expires_at > ?3")
            .setParameter(1, group.text())
            .setParameter(2, agent)
            .setParameter(3, now.atOffset(ZoneOffset.UTC))
            .getSingleResult();
    return Math.toIntExact(number(count));
  }

  @Override
  public void forgetInvitation(UuidV7 group, String agent) {
    rows.createNativeQuery("delete from a2a.group_invitation where group_id = ?1 and agent_id = ?2")
        .setParameter(1, group.text())
        .setParameter(2, agent)
        .executeUpdate();
  }

  private static Stream<Object[]> each(Query query) {
    List<?> found = query.getResultList();
    return found.stream().map(row -> (Object[]) row);
  }

  private static long number(Object value) {
    return ((Number) value).longValue();
  }

  private static Instant instant(Object value) {
    return value instanceof OffsetDateTime time
        ? time.toInstant()
        : ((java.sql.Timestamp) value).toInstant();
  }
}
