package io.talos.a2a.frames;

import io.talos.a2a.paging.CursorSeal;
import java.util.Optional;

/** How far a recipient has read in its inbox; good for that reader only. */
public final class InboxCursor {
  private final CursorSeal seal;

  /** Cursors under a seal. */
  public InboxCursor(CursorSeal seal) {
    this.seal = seal;
  }

  /** The cursor of whoever has read up to {@code position}. */
  public String encode(String recipient, long position) {
    return seal.seal(purpose(recipient), Position.bytes(position));
  }

  /** The position that {@code cursor} stands for; empty when it was not made for this reader. */
  public Optional<Long> decode(String recipient, String cursor) {
    return seal.open(purpose(recipient), Position.SIZE, cursor).map(Position::of);
  }

  private static String purpose(String recipient) {
    return "talos:inbox-cursor:v1\n" + recipient;
  }
}
