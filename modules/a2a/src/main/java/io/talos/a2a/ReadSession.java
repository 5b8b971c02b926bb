package io.talos.a2a;

import io.talos.a2a.sessions.ParkedState;
import io.talos.a2a.sessions.Session;
import io.talos.a2a.sessions.SessionState;
import io.talos.a2a.sessions.Sessions;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Shows a session to its participants, and to each what it parked itself.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_SESSION_NOT_FOUND} for everybody else, as if it did not
 * exist.
 */
@Dependent
public class ReadSession {
  private final SessionDoor door;
  private final Sessions sessions;
  private final InstantSource clock;

  @Inject
  ReadSession(SessionDoor door, Sessions sessions, InstantSource clock) {
    this.door = door;
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * What a participant sees.
   *
   * @param state the session's state now, expiry included
   * @param parked the reader's own parked state
   */
  public record View(Session session, SessionState state, Optional<ParkedState> parked) {}

  /** The session as {@code actor} sees it. */
  @Transactional
  public Outcome<View> read(UuidV7 id, String actor) {
    Instant now = clock.instant();
    return door.look(id, actor)
        .then(
            session ->
                Outcome.done(new View(session, session.stateAt(now), sessions.parked(id, actor))));
  }
}
