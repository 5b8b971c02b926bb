package io.talos.a2a;

import io.talos.a2a.sessions.ParkedState;
import io.talos.a2a.sessions.Session;
import io.talos.a2a.sessions.SessionEvent;
import io.talos.a2a.sessions.SessionState;
import io.talos.a2a.sessions.Sessions;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.SessionRotated;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Records that a participant rotated its keys, and parks its new state when there is one.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_SESSION_NOT_FOUND} for everybody but the participants,
 * {@link ErrorCode#A2A_SESSION_STATE_INVALID}, {@link ErrorCode#A2A_SESSION_EXPIRED}, {@link
 * ErrorCode#A2A_LOCK_CONTENTION}, {@link ErrorCode#A2A_PARKED_STATE_STALE}. Audited as {@code
 * session.rotated}.
 */
@Dependent
public class RotateSession {
  private final SessionDoor door;
  private final Sessions sessions;
  private final Event<SessionRotated> rotated;
  private final UuidV7Generator ids;
  private final InstantSource clock;

  @Inject
  RotateSession(
      SessionDoor door,
      Sessions sessions,
      Event<SessionRotated> rotated,
      UuidV7Generator ids,
      InstantSource clock) {
    this.door = door;
    this.sessions = sessions;
    this.rotated = rotated;
    this.ids = ids;
    this.clock = clock;
  }

  /** Rotates the session for {@code actor}. */
  @Transactional
  public Outcome<Session> rotate(UuidV7 id, String actor, Optional<ParkedState> parked) {
    Instant now = WireTime.cut(clock.instant());
    return door.enter(id, actor)
        .then(session -> SessionDoor.unless(session.refusesUse(now), session))
        .then(session -> keep(session, actor, parked, now));
  }

  private Outcome<Session> keep(
      Session session, String actor, Optional<ParkedState> parked, Instant now) {
    if (parked.isPresent() && !sessions.park(session.id(), actor, parked.get(), now)) {
      return Outcome.refused(ErrorCode.A2A_PARKED_STATE_STALE);
    }
    JsonObject data = parked.map(ParkedState::data).orElse(JsonValue.EMPTY_JSON_OBJECT);
    Session.Change change =
        session.after(
            SessionEvent.Type.SESSION_ROTATED,
            SessionState.ACTIVE,
            ids.next(now),
            actor,
            data,
            now);
    sessions.change(change);
    rotated.fire(new SessionRotated(session.id(), actor, change.session().digest(), data));
    return Outcome.done(change.session());
  }
}
