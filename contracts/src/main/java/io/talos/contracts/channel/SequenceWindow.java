package io.talos.contracts.channel;

import io.talos.contracts.error.ErrorCode;
import java.util.Optional;

/**
 * Which sequence numbers a sender may use next: at most {@value Limits#SEQUENCE_WINDOW} above the
 * highest one seen, so that nobody can lock a sender out by a jump, and at most as far below, so
 * that nothing old comes back when its trace is gone.
 *
 * <p>Whether a number inside the window was used already is for the caller to know.
 */
public final class SequenceWindow {
  /** The highest number seen of a sender that sent nothing yet. */
  public static final long NOTHING_SEEN = -1;

  private SequenceWindow() {}

  /** Why {@code number} may not be used, when it may not. */
  public static Optional<ErrorCode> refuses(long highestSeen, long number) {
    if (number > highestSeen + Limits.SEQUENCE_WINDOW) {
      return Optional.of(ErrorCode.A2A_FRAME_SEQUENCE_TOO_FAR);
    }
    if (number < highestSeen - Limits.SEQUENCE_WINDOW) {
      return Optional.of(ErrorCode.A2A_FRAME_REPLAY_DETECTED);
    }
    return Optional.empty();
  }
}
