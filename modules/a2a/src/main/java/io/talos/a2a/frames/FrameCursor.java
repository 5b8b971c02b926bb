package io.talos.a2a.frames;

import io.talos.a2a.paging.CursorSeal;
import io.talos.contracts.id.UuidV7;
import java.util.Optional;

/** How far a recipient has read in one session; good for that reader of that session only. */
public final class FrameCursor {
  private final CursorSeal seal;

  /** Cursors under a seal. */
  public FrameCursor(CursorSeal seal) {
    this.seal = seal;
  }

  /** The cursor of whoever has read up to {@code position}. */
  public String encode(UuidV7 session, String recipient, long position) {
    return seal.seal(purpose(session, recipient), Position.bytes(position));
  }

  /** The position that {@code cursor} stands for; empty when it was not made for this reader. */
  public Optional<Long> decode(UuidV7 session, String recipient, String cursor) {
    return seal.open(purpose(session, recipient), Position.SIZE, cursor).map(Position::of);
  }

  private static String purpose(UuidV7 session, String recipient) {
    return "talos:frame-cursor:v2\n" + session.text() + "\n" + recipient;
  }
}
