package io.talos.a2a;

import io.talos.a2a.sessions.Session;
import io.talos.a2a.sessions.SessionEvent;
import io.talos.a2a.sessions.SessionState;
import io.talos.a2a.sessions.Sessions;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.SessionClosed;
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

/**
 * Closes a session for good; frames that were accepted before can still be fetched. Either
 * participant can.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_SESSION_NOT_FOUND} for everybody but the participants,
 * {@link ErrorCode#A2A_SESSION_STATE_INVALID} when it is closed already, {@link
 * ErrorCode#A2A_SESSION_EXPIRED}, {@link ErrorCode#A2A_LOCK_CONTENTION}. Audited as {@code
 * session.closed}.
 */
@Dependent
public class CloseSession {
  private final SessionDoor door;
  private final Sessions sessions;
  private final Event<SessionClosed> closed;
  private final UuidV7Generator ids;
  private final InstantSource clock;

  @Inject
  CloseSession(
      SessionDoor door,
      Sessions sessions,
      Event<SessionClosed> closed,
      UuidV7Generator ids,
      InstantSource clock) {
    this.door = door;
    this.sessions = sessions;
    this.closed = closed;
    this.ids = ids;
    this.clock = clock;
  }

  /** Closes the session as {@code actor}. */
  @Transactional
  public Outcome<Session> close(UuidV7 id, String actor) {
    Instant now = WireTime.cut(clock.instant());
    return door.enter(id, actor)
        .then(session -> SessionDoor.unless(session.refusesClose(now), session))
        .then(session -> Outcome.done(keep(session, actor, now)));
  }

  private Session keep(Session session, String actor, Instant now) {
    Session.Change change =
        session.after(
            SessionEvent.Type.SESSION_CLOSED,
            SessionState.CLOSED,
            ids.next(now),
            actor,
            JsonValue.EMPTY_JSON_OBJECT,
            now);
    sessions.change(change);
    closed.fire(new SessionClosed(session.id(), actor, change.session().digest()));
    return change.session();
  }
}
