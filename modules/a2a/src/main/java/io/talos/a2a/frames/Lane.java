package io.talos.a2a.frames;

import io.talos.contracts.Check;
import io.talos.contracts.channel.SequenceWindow;
import io.talos.contracts.id.UuidV7;

/**
 * One direction of a session: the numbers that its next frame is held against.
 *
 * @param sessionId which session
 * @param senderId whose frames
 * @param recipientId for whom
 * @param highestSeq the sender's highest number so far, -1 before the first
 * @param position place of the last frame in the recipient's order, 0 before the first
 */
public record Lane(
    UuidV7 sessionId, String senderId, String recipientId, long highestSeq, long position) {
  /** Checks the numbers. */
  public Lane {
    Check.that(highestSeq >= SequenceWindow.NOTHING_SEEN, "a number is -1 or more");
    Check.that(position >= 0, "a place is not negative");
  }

  /** A direction in which nothing was sent yet. */
  public static Lane empty(UuidV7 sessionId, String senderId, String recipientId) {
    return new Lane(sessionId, senderId, recipientId, SequenceWindow.NOTHING_SEEN, 0);
  }
}
