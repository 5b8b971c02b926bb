package io.talos.a2a.store;

import io.talos.a2a.sessions.ParkedState;
import io.talos.a2a.sessions.Participants;
import io.talos.a2a.sessions.Session;
import io.talos.a2a.sessions.Sessions;
import io.talos.contracts.Check;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
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
  public boolean tryLock(UuidV7 session) {
    Object locked =
        rows.createNativeQuery("select pg_try_advisory_xact_lock(hashtextextended(?1, 0))")
            .setParameter(1, "talos.a2a.session:" + session.text())
            .getSingleResult();
    return Boolean.TRUE.equals(locked);
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
    int changed =
        rows.createQuery(
                "update SessionRow s set s.state = :state, s.eventCount = :count,"
                    + " s.eventDigest = :digest where s.id = :id and s.eventCount = :before")
            .setParameter("state", session.state().wire())
            .setParameter("count", session.events())
            .setParameter("digest", session.digest())
            .setParameter("id", session.id().text())
            .setParameter("before", session.events() - 1)
            .executeUpdate();
    Check.that(changed == 1, "the session is changed under its lock");
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
  public void park(UuidV7 session, String owner, ParkedState parked, Instant now) {
    rows.createNativeQuery(
            "insert into a2a.parked_state (session_id, owner_id, blob, digest, parked_at)"
                + " values (?1, ?2, ?3, ?4, ?5) on conflict (session_id, owner_id) do update"
                + " set blob = excluded.blob, digest = excluded.digest,"
                + " parked_at = excluded.parked_at")
        .setParameter(1, session.text())
        .setParameter(2, owner)
        .setParameter(3, parked.blob().toArray())
        .setParameter(4, parked.digest())
        .setParameter(5, now.atOffset(ZoneOffset.UTC))
        .executeUpdate();
  }

  /** Asks the database; for the start-up self-test. */
  public long count() {
    return rows.createQuery("select count(s) from SessionRow s", Long.class).getSingleResult();
  }
}
