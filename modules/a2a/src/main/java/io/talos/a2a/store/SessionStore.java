package io.talos.a2a.store;

import io.talos.a2a.sessions.Limits;
import io.talos.a2a.sessions.ParkedState;
import io.talos.a2a.sessions.Participants;
import io.talos.a2a.sessions.Session;
import io.talos.a2a.sessions.SessionEvent;
import io.talos.a2a.sessions.SessionState;
import io.talos.a2a.sessions.Sessions;
import io.talos.contracts.Check;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.Query;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Sessions in Postgres. */
@ApplicationScoped
public class SessionStore implements Sessions {
  @PersistenceContext(unitName = "a2a")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public boolean lock(UuidV7 session, Duration atMost) {
    return locked("talos.a2a.session:" + session.text(), atMost);
  }

  @Override
  public boolean lockOpener(String agent, Duration atMost) {
    return locked("talos.a2a.opener:" + agent, atMost);
  }

  private boolean locked(String name, Duration atMost) {
    Object locked =
        rows.createNativeQuery("select a2a.lock_within(?1, ?2)")
            .setParameter(1, name)
            .setParameter(2, Math.toIntExact(atMost.toMillis()))
            .getSingleResult();
    return Boolean.TRUE.equals(locked);
  }

  @Override
  public int openedBy(String agent, Instant now, int most) {
    Object found =
        rows.createNativeQuery(
                "select count(*) from (select 1 from a2a.session where initiator_id = ?1"
                    + " and state <> 'closed' and expires_at > ?2 limit ?3) s")
            .setParameter(1, agent)
            .setParameter(2, now.atOffset(ZoneOffset.UTC))
            .setParameter(3, most)
            .getSingleResult();
    return ((Number) found).intValue();
  }

  @Override
  public Optional<Participants> participants(UuidV7 session) {
    // Two columns, not the entity: what is read here must not stay in the persistence context,
    // or the read under the lock would see it instead of what another node committed meanwhile.
    List<Object[]> found =
        rows.createQuery(
                "select s.initiatorId, s.responderId from SessionRow s where s.id = :id",
                Object[].class)
            .setParameter("id", session.text())
            .getResultList();
    return found.stream()
        .findFirst()
        .map(ends -> new Participants((String) ends[0], (String) ends[1]));
  }

  @Override
  public Optional<Session> find(UuidV7 session) {
    return Optional.ofNullable(rows.find(SessionRow.class, session.text()))
        .map(SessionRow::session);
  }

  @Override
  @SuppressWarnings("unchecked") // JPA 3.1 has no typed native query
  public List<Session> of(
      String agent, Optional<SessionState> state, Optional<UuidV7> after, int limit, Instant now) {
    Check.that(limit > 0 && limit <= Limits.PAGE_MAX + 1, "a page is bounded");
    String in = state.map(SessionStore::in).orElse("");
    // Two index ranges, each read to the bound, instead of one filter over both columns.
    String sql =
        "select * from ((select * from a2a.session where initiator_id = ?1 and id > ?2"
            + in
            + " order by id limit ?3) union all (select * from a2a.session where responder_id = ?1"
            + " and id > ?2"
            + in
            + " order by id limit ?3)) s order by id limit ?3";
    Query query =
        rows.createNativeQuery(sql, SessionRow.class)
            .setParameter(1, agent)
            .setParameter(2, after.map(UuidV7::text).orElse(""))
            .setParameter(3, limit);
    if (sql.contains("?4")) {
      query.setParameter(4, now.atOffset(ZoneOffset.UTC));
    }
    return ((List<SessionRow>) query.getResultList()).stream().map(SessionRow::session).toList();
  }

  private static String in(SessionState state) {
    return switch (state) {
      case PENDING -> " and state = 'pending' and expires_at > ?4";
      case ACTIVE -> " and state = 'active' and expires_at > ?4";
      case CLOSED -> " and state = 'closed'";
      case EXPIRED -> " and state <> 'closed' and expires_at <= ?4";
    };
  }

  @Override
  public List<SessionEvent> history(UuidV7 session, long from, int limit) {
    return rows
        .createQuery(
            "select e from SessionEventRow e where e.sessionId = :session"
                + " and e.sequence >= :from order by e.sequence",
            SessionEventRow.class)
        .setParameter("session", session.text())
        .setParameter("from", from)
        .setMaxResults(limit)
        .getResultList()
        .stream()
        .map(SessionEventRow::event)
        .toList();
  }

  @Override
  public void add(Session.Change opened) {
    rows.persist(new SessionRow(opened.session()));
    // First the session, then what refers to it.
    rows.flush();
    rows.persist(new SessionEventRow(opened.event()));
    rows.flush();
  }

  @Override
  public void change(Session.Change change) {
    Session session = change.session();
    boolean over = session.state() == SessionState.CLOSED;
    Query update =
        rows.createQuery(
                "update SessionRow s set s.state = :state, s.eventCount = :count,"
                    + (over ? " s.endedAt = :ended," : "")
                    + " s.eventDigest = :digest where s.id = :id and s.eventCount = :before")
            .setParameter("state", session.state().wire())
            .setParameter("count", session.events())
            .setParameter("digest", session.digest())
            .setParameter("id", session.id().text())
            .setParameter("before", session.events() - 1);
    if (over) {
      update.setParameter("ended", change.event().time().atOffset(ZoneOffset.UTC));
    }
    Check.that(update.executeUpdate() == 1, "the session is changed under its lock");
    rows.persist(new SessionEventRow(change.event()));
    rows.flush();
  }

  @Override
  public Optional<ParkedState> parked(UuidV7 session, String owner) {
    return rows
        .createQuery(
            "select p from ParkedStateRow p where p.sessionId = :session and p.ownerId = :owner",
            ParkedStateRow.class)
        .setParameter("session", session.text())
        .setParameter("owner", owner)
        .getResultList()
        .stream()
        .findFirst()
        .map(ParkedStateRow::parked);
  }

  @Override
  public boolean park(UuidV7 session, String owner, ParkedState parked, Instant now) {
    return rows.createNativeQuery(
                "insert into a2a.parked_state as p"
                    + " (session_id, owner_id, blob, digest, counter, parked_at)"
                    + " values (?1, ?2, ?3, ?4, ?5, ?6) on conflict (session_id, owner_id) do update"
                    + " set blob = excluded.blob, digest = excluded.digest,"
                    + " counter = excluded.counter, parked_at = excluded.parked_at"
                    + " where p.counter < excluded.counter")
            .setParameter(1, session.text())
            .setParameter(2, owner)
            .setParameter(3, parked.blob().toArray())
            .setParameter(4, parked.digest())
            .setParameter(5, parked.counter())
            .setParameter(6, now.atOffset(ZoneOffset.UTC))
            .executeUpdate()
        == 1;
  }

  @Override
  public int sweep(Instant endedBefore, int most) {
    return rows.createNativeQuery(
            "with over as (select id from a2a.session where not swept"
                + " and coalesce(ended_at, expires_at) <= ?1"
                + " order by coalesce(ended_at, expires_at) limit ?2),"
                + " parked as (delete from a2a.parked_state p using over"
                + " where p.session_id = over.id),"
                + " traces as (delete from a2a.frame f using over"
                + " where f.session_id = over.id and f.ciphertext is null)"
                + " update a2a.session s set initial_message = null, swept = true from over"
                + " where s.id = over.id")
        .setParameter(1, endedBefore.atOffset(ZoneOffset.UTC))
        .setParameter(2, most)
        .executeUpdate();
  }

  /** Asks the database; for the start-up self-test. */
  public long count() {
    return rows.createQuery("select count(s) from SessionRow s", Long.class).getSingleResult();
  }
}
