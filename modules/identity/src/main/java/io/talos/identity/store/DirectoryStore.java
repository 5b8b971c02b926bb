package io.talos.identity.store;

import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7;
import io.talos.identity.directory.Directory;
import io.talos.identity.directory.Domain;
import io.talos.identity.directory.Limits;
import io.talos.identity.directory.Member;
import io.talos.identity.directory.Org;
import io.talos.identity.directory.Team;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Keeps the directory in Postgres. Changes need a transaction. */
@ApplicationScoped
public class DirectoryStore implements Directory {
  @PersistenceContext(unitName = "identity")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public boolean add(Org org) {
    return inserted(
        "insert into identity.org (id, name, domain, created_at) values (?1, ?2, ?3, ?4)"
            + " on conflict do nothing",
        org.id().text(),
        org.name(),
        org.domain().text(),
        at(org.createdAt()));
  }

  @Override
  public Optional<Org> org(UuidV7 id) {
    return rows.createQuery("select o from OrgRow o where o.id = :id", OrgRow.class)
        .setParameter("id", id.text())
        .getResultStream()
        .findFirst()
        .map(OrgRow::org);
  }

  @Override
  public List<Org> orgs(Optional<UuidV7> after) {
    return rows.createQuery(
            "select o from OrgRow o where o.id > :after order by o.id", OrgRow.class)
        .setParameter("after", text(after))
        .setMaxResults(Limits.PAGE_MAX)
        .getResultStream()
        .map(OrgRow::org)
        .toList();
  }

  @Override
  public Optional<String> domainOf(String host) {
    return rows.createQuery("select o.domain from OrgRow o where o.domain in :names", String.class)
        .setParameter("names", Domain.above(host))
        .getResultStream()
        .max(Comparator.comparingInt(String::length));
  }

  @Override
  public boolean add(Team team) {
    return inserted(
        "insert into identity.team (id, org_id, name, created_at) values (?1, ?2, ?3, ?4)"
            + " on conflict do nothing",
        team.id().text(),
        team.org().text(),
        team.name(),
        at(team.createdAt()));
  }

  @Override
  public Optional<Team> team(UuidV7 id) {
    return rows.createQuery("select t from TeamRow t where t.id = :id", TeamRow.class)
        .setParameter("id", id.text())
        .getResultStream()
        .findFirst()
        .map(TeamRow::team);
  }

  @Override
  public List<Team> teams(Optional<UuidV7> org, Optional<UuidV7> after) {
    return rows.createQuery(
            "select t from TeamRow t where t.id > :after and (:org = '' or t.orgId = :org)"
                + " order by t.id",
            TeamRow.class)
        .setParameter("after", text(after))
        .setParameter("org", text(org))
        .setMaxResults(Limits.PAGE_MAX)
        .getResultStream()
        .map(TeamRow::team)
        .toList();
  }

  @Override
  public boolean add(Member member) {
    return inserted(
        "insert into identity.principal (id, principal_id, type, team_id, org_id, did,"
            + " display_name, status, created_at)"
            + " values (?1, ?2, ?3, ?4, ?5, nullif(?6, ''), nullif(?7, ''), ?8, ?9)"
            + " on conflict do nothing",
        member.id().text(),
        member.name(),
        member.kind().wire(),
        member.team().text(),
        member.org().text(),
        member.did().map(Did::text).orElse(""),
        member.displayName().orElse(""),
        member.status().wire(),
        at(member.createdAt()));
  }

  @Override
  public Optional<Member> member(UuidV7 id) {
    return rows.createQuery("select p from PrincipalRow p where p.id = :id", PrincipalRow.class)
        .setParameter("id", id.text())
        .getResultStream()
        .findFirst()
        .map(PrincipalRow::member);
  }

  @Override
  public List<Member> members(Optional<UuidV7> team, Optional<UuidV7> after) {
    return rows.createQuery(
            "select p from PrincipalRow p where p.id > :after and (:team = '' or p.teamId = :team)"
                + " order by p.id",
            PrincipalRow.class)
        .setParameter("after", text(after))
        .setParameter("team", text(team))
        .setMaxResults(Limits.PAGE_MAX)
        .getResultStream()
        .map(PrincipalRow::member)
        .toList();
  }

  @Override
  public boolean change(UuidV7 id, Member.Status status, UuidV7 team, Instant now) {
    boolean changed =
        rows.createNativeQuery(
                    """
                    update identity.principal p
                       set status = ?1, team_id = t.id, org_id = t.org_id,
                           revoked_at = case when ?1 = 'revoked' then cast(?2 as timestamptz) end
                      from identity.team t
                     where p.id = ?3 and t.id = ?4 and p.status <> 'revoked'
                    """)
                .setParameter(1, status.wire())
                .setParameter(2, at(now))
                .setParameter(3, id.text())
                .setParameter(4, team.text())
                .executeUpdate()
            == 1;
    // Rows read earlier in this transaction would still say what was before.
    rows.clear();
    return changed;
  }

  @Override
  public Optional<Member.Standing> agent(Did did) {
    return rows.createQuery("select p from PrincipalRow p where p.did = :did", PrincipalRow.class)
        .setParameter("did", did.text())
        .getResultStream()
        .findFirst()
        .map(PrincipalRow::standing);
  }

  @Override
  public Optional<Member.Standing> user(String subject) {
    return rows.createQuery(
            "select p from PrincipalRow p where p.type = 'user' and p.principalId = :subject",
            PrincipalRow.class)
        .setParameter("subject", subject)
        .getResultStream()
        .findFirst()
        .map(PrincipalRow::standing);
  }

  private boolean inserted(String sql, Object... values) {
    var query = rows.createNativeQuery(sql);
    for (int i = 0; i < values.length; i++) {
      query.setParameter(i + 1, values[i]);
    }
    return query.executeUpdate() == 1;
  }

  private static String text(Optional<UuidV7> id) {
    return id.map(UuidV7::text).orElse("");
  }

  private static OffsetDateTime at(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
