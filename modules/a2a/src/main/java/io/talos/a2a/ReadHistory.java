package io.talos.a2a;

import io.talos.a2a.sessions.Limits;
import io.talos.a2a.sessions.SessionEvent;
import io.talos.a2a.sessions.Sessions;
import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/**
 * Shows a session's hash-chained history to its participants.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_SESSION_NOT_FOUND} for everybody else, as if it did not
 * exist.
 */
@Dependent
public class ReadHistory {
  private final SessionDoor door;
  private final Sessions sessions;

  @Inject
  ReadHistory(SessionDoor door, Sessions sessions) {
    this.door = door;
    this.sessions = sessions;
  }

  /** At most {@code limit} events from the place {@code from} on. */
  @Transactional
  public Outcome<List<SessionEvent>> read(UuidV7 id, String actor, long from, int limit) {
    Check.that(from >= 0, "a place is not negative");
    Check.that(limit > 0 && limit <= Limits.EVENTS_PAGE_MAX, "a page is bounded");
    return door.participants(id, actor)
        .then(ends -> Outcome.done(sessions.history(id, from, limit)));
  }
}
