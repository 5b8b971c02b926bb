package io.talos.a2a;

import io.talos.a2a.sessions.ParkedState;
import io.talos.a2a.sessions.Session;
import io.talos.a2a.sessions.SessionEvent;
import io.talos.a2a.sessions.SessionState;
import io.talos.a2a.sessions.Sessions;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.SessionAccepted;
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
 * Accepts a pending session; from then on both sides may send frames. Only the responder can.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_SESSION_NOT_FOUND} for everybody but the participants,
 * {@link ErrorCode#A2A_MEMBER_NOT_ALLOWED} for the initiator, {@link
 * ErrorCode#A2A_SESSION_STATE_INVALID}, {@link ErrorCode#A2A_SESSION_EXPIRED}, {@link
 * ErrorCode#A2A_LOCK_CONTENTION}, {@link ErrorCode#A2A_PARKED_STATE_STALE}. Audited as {@code
 * session.accepted}.
 */
@Dependent
public class AcceptSession {
  private final SessionDoor door;
  private final Sessions sessions;
  private final Event<SessionAccepted> accepted;
  private final UuidV7Generator ids;
  private final InstantSource clock;

  @Inject
  AcceptSession(
      SessionDoor door,
      Sessions sessions,
      Event<SessionAccepted> accepted,
      UuidV7Generator ids,
      InstantSource clock) {
    this.door = door;
    this.sessions = sessions;
    this.accepted = accepted;
    this.ids = ids;
    this.clock = clock;
  }

  /** Accepts the session as {@code actor}, who may park a first state with it. */
  @Transactional
  public Outcome<Session> accept(UuidV7 id, String actor, Optional<ParkedState> parked) {
    Instant now = WireTime.cut(clock.instant());
    return door.enter(id, actor)
        .then(session -> SessionDoor.unless(session.refusesAccept(actor, now), session))
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
            SessionEvent.Type.SESSION_ACCEPTED,
            SessionState.ACTIVE,
            ids.next(now),
            actor,
            data,
            now);
    sessions.change(change);
    accepted.fire(new SessionAccepted(session.id(), actor, change.session().digest(), data));
    return Outcome.done(change.session());
  }
}
