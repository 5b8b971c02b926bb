package io.talos.a2a.frames;

import io.talos.contracts.channel.SequenceWindow;
import io.talos.contracts.error.ErrorCode;
import java.util.Optional;

/**
 * What the next frame of a direction is held against.
 *
 * @param highestSeq the sender's highest number so far, -1 before the first
 * @param used whether a frame with the number that was asked about was accepted before
 */
public record Standing(long highestSeq, boolean used) {
  /** Why {@code senderSeq}, the number that was asked about, may not be used, if so. */
  public Optional<ErrorCode> refuses(long senderSeq) {
    return SequenceWindow.refuses(highestSeq, senderSeq)
        .or(() -> used ? Optional.of(ErrorCode.A2A_FRAME_REPLAY_DETECTED) : Optional.empty());
  }
}
