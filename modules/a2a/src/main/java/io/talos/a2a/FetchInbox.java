package io.talos.a2a;

import io.talos.a2a.frames.InboxCursor;
import io.talos.a2a.frames.Inboxes;
import io.talos.a2a.frames.Limits;
import io.talos.a2a.frames.StoredFrame;
import io.talos.a2a.ops.A2aSettings;
import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Hands an agent the frames of all its sessions, in the order in which the server took them. A
 * cursor never passes a frame that commits later. Without a cursor it begins after what was
 * acknowledged.
 *
 * <p>Delivery is at least once: a frame comes again when the reader asks with an older cursor,
 * until it is acknowledged and its retention is over, or it expires.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_INVALID_CURSOR} for a cursor that was not made for this
 * reader.
 */
@Dependent
public class FetchInbox {
  private final Inboxes inboxes;
  private final CursorKey cursorKey;
  private final A2aSettings settings;
  private final InstantSource clock;

  @Inject
  FetchInbox(Inboxes inboxes, CursorKey cursorKey, A2aSettings settings, InstantSource clock) {
    this.inboxes = inboxes;
    this.cursorKey = cursorKey;
    this.settings = settings;
    this.clock = clock;
  }

  /**
   * The frames for {@code actor} after {@code cursor}.
   *
   * @param limit 1 to {@value Limits#PAGE_MAX}; a page may end earlier by its bytes
   */
  @Transactional
  public Outcome<FramePage> fetch(String actor, Optional<String> cursor, int limit) {
    Check.that(limit > 0 && limit <= Limits.PAGE_MAX, "a page is bounded");
    return position(actor, cursor)
        .then(from -> Outcome.done(page(actor, from, limit, settings.pageBytesMax())));
  }

  private Outcome<Long> position(String actor, Optional<String> cursor) {
    if (cursor.isEmpty()) {
      return Outcome.done(inboxes.acknowledged(actor));
    }
    return cursors()
        .decode(actor, cursor.get())
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(ErrorCode.TALOS_INVALID_CURSOR));
  }

  private FramePage page(String actor, long position, int limit, long bytesMax) {
    List<StoredFrame> found = inboxes.after(actor, position, limit, bytesMax, clock.instant());
    long last = found.isEmpty() ? position : found.get(found.size() - 1).inboxPosition();
    return new FramePage(found, cursors().encode(actor, last));
  }

  private InboxCursor cursors() {
    return new InboxCursor(cursorKey.seal());
  }
}
