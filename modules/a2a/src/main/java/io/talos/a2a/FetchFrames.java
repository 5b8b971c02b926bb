package io.talos.a2a;

import io.talos.a2a.frames.FrameCursor;
import io.talos.a2a.frames.Frames;
import io.talos.a2a.frames.Limits;
import io.talos.a2a.frames.StoredFrame;
import io.talos.a2a.ops.A2aSettings;
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
 * Hands a participant the frames that were sent to it, in the server's order, never its own. Frames
 * of a closed or expired session can still be fetched; frames that expired themselves cannot.
 *
 * <p>Delivery is at least once: a frame comes again when the reader asks with an older cursor.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_SESSION_NOT_FOUND} for everybody but the participants,
 * {@link ErrorCode#TALOS_INVALID_CURSOR} for a cursor that was not made for this reader.
 */
@Dependent
public class FetchFrames {
  private final SessionDoor door;
  private final Frames frames;
  private final CursorKey cursorKey;
  private final A2aSettings settings;
  private final InstantSource clock;

  @Inject
  FetchFrames(
      SessionDoor door,
      Frames frames,
      CursorKey cursorKey,
      A2aSettings settings,
      InstantSource clock) {
    this.door = door;
    this.frames = frames;
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
  public Outcome<FramePage> fetch(UuidV7 id, String actor, Optional<String> cursor, int limit) {
    Check.that(limit > 0 && limit <= Limits.PAGE_MAX, "a page is bounded");
    Instant now = clock.instant();
    return door.participants(id, actor)
        .then(ends -> start(id, actor, cursor))
        .then(position -> Outcome.done(page(id, actor, position, limit, now)));
  }

  private Outcome<Long> start(UuidV7 id, String actor, Optional<String> cursor) {
    if (cursor.isEmpty()) {
      return Outcome.done(0L);
    }
    return cursorKey
        .cursor()
        .decode(id, actor, cursor.get())
        .map(Outcome::done)
        .orElseGet(() -> Outcome.refused(ErrorCode.TALOS_INVALID_CURSOR));
  }

  private FramePage page(UuidV7 id, String actor, long position, int limit, Instant now) {
    List<StoredFrame> found =
        frames.after(id, actor, position, limit, settings.pageBytesMax(), now);
    long last = found.isEmpty() ? position : found.get(found.size() - 1).position();
    FrameCursor cursor = cursorKey.cursor();
    return new FramePage(found, cursor.encode(id, actor, last));
  }
}
