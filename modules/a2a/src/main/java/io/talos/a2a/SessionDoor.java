package io.talos.a2a;

import io.talos.a2a.ops.A2aSettings;
import io.talos.a2a.sessions.Participants;
import io.talos.a2a.sessions.Session;
import io.talos.a2a.sessions.Sessions;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * How an agent gets at a session. To everybody but its participants it looks exactly as if it did
 * not exist; so that is asked before the lock, whose contention would tell.
 */
@Dependent
class SessionDoor {
  private final Sessions sessions;
  private final A2aSettings settings;

  @Inject
  SessionDoor(Sessions sessions, A2aSettings settings) {
    this.sessions = sessions;
    this.settings = settings;
  }

  /** The session as it is. */
  Outcome<Session> look(UuidV7 id, String actor) {
    return sessions
        .find(id)
        .filter(session -> session.participants().include(actor))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(ErrorCode.A2A_SESSION_NOT_FOUND));
  }

  /** The ends of the session. */
  Outcome<Participants> participants(UuidV7 id, String actor) {
    return sessions
        .participants(id)
        .filter(ends -> ends.include(actor))
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(ErrorCode.A2A_SESSION_NOT_FOUND));
  }

  /**
   * The session, with the caller as its only writer until the transaction ends; waits for another
   * writer as long as the settings say and no longer.
   */
  Outcome<Session> enter(UuidV7 id, String actor) {
    return participants(id, actor).then(ends -> enterKnown(id, actor));
  }

  /** The same for an actor who was found to be a participant in this transaction. */
  Outcome<Session> enterKnown(UuidV7 id, String actor) {
    return sessions.lock(id, settings.lockWait())
        ? look(id, actor)
        : Outcome.refused(ErrorCode.A2A_LOCK_CONTENTION);
  }

  /** The session, or the refusal when there is one. */
  static Outcome<Session> unless(Optional<ErrorCode> refusal, Session session) {
    return refusal.map(Outcome::<Session>refused).orElseGet(() -> Outcome.done(session));
  }
}
