package io.talos.a2a;

import io.talos.a2a.frames.InboxCursor;
import io.talos.a2a.frames.Inboxes;
import io.talos.contracts.error.ErrorCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;

/**
 * Notes that a recipient has everything of its inbox up to a cursor. What is acknowledged no longer
 * counts as waiting, and ends after its retention. An older cursor than before changes nothing.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_INVALID_CURSOR} for a cursor that was not made for this
 * reader's inbox.
 */
@Dependent
public class AcknowledgeFrames {
  private final Inboxes inboxes;
  private final CursorKey cursorKey;
  private final InstantSource clock;

  @Inject
  AcknowledgeFrames(Inboxes inboxes, CursorKey cursorKey, InstantSource clock) {
    this.inboxes = inboxes;
    this.cursorKey = cursorKey;
    this.clock = clock;
  }

  /** Acknowledges for {@code actor} up to {@code cursor}; answers the cursor. */
  @Transactional
  public Outcome<String> acknowledge(String actor, String cursor) {
    return new InboxCursor(cursorKey.seal())
        .decode(actor, cursor)
        .map(
            position -> {
              inboxes.acknowledge(actor, position, clock.instant());
              return Outcome.done(cursor);
            })
        .orElseGet(() -> Outcome.refused(ErrorCode.TALOS_INVALID_CURSOR));
  }
}
