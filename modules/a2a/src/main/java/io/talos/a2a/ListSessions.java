package io.talos.a2a;

import io.talos.a2a.sessions.Limits;
import io.talos.a2a.sessions.Session;
import io.talos.a2a.sessions.SessionCursor;
import io.talos.a2a.sessions.SessionState;
import io.talos.a2a.sessions.Sessions;
import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Lists the sessions that an agent takes part in, oldest first; so a responder learns of those that
 * wait for it.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_INVALID_CURSOR} for a cursor that was not made for this
 * reader and this choice of state.
 */
@Dependent
public class ListSessions {
  private final Sessions sessions;
  private final CursorKey cursorKey;
  private final InstantSource clock;

  @Inject
  ListSessions(Sessions sessions, CursorKey cursorKey, InstantSource clock) {
    this.sessions = sessions;
    this.cursorKey = cursorKey;
    this.clock = clock;
  }

  /**
   * Some sessions, each as it stood at one instant.
   *
   * @param now that instant
   * @param nextCursor to go on from; empty when there are no more
   */
  public record Page(List<Session> sessions, Instant now, Optional<String> nextCursor) {
    /** Copies. */
    public Page {
      sessions = List.copyOf(sessions);
    }
  }

  /** The sessions of {@code actor} after {@code cursor}, those in {@code state} if one is named. */
  @Transactional
  public Outcome<Page> list(
      String actor, Optional<SessionState> state, Optional<String> cursor, int limit) {
    Check.that(limit > 0 && limit <= Limits.PAGE_MAX, "a page is bounded");
    Instant now = clock.instant();
    SessionCursor cursors = new SessionCursor(cursorKey.seal());
    Optional<UuidV7> after = cursor.flatMap(text -> cursors.decode(actor, state, text));
    if (cursor.isPresent() && after.isEmpty()) {
      return Outcome.refused(ErrorCode.TALOS_INVALID_CURSOR);
    }
    // One more than fits tells whether there are more.
    List<Session> found = sessions.of(actor, state, after, limit + 1, now);
    List<Session> page = found.subList(0, Math.min(limit, found.size()));
    return Outcome.done(
        new Page(
            page,
            now,
            found.size() > limit
                ? Optional.of(cursors.encode(actor, state, page.get(limit - 1).id()))
                : Optional.empty()));
  }
}
