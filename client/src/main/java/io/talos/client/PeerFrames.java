package io.talos.client;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.Frame;
import io.talos.contracts.channel.UnverifiedFrame;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import java.time.Duration;
import java.time.Instant;

/** Tells a peer's own frames from everything else that a server may deliver. */
final class PeerFrames {
  /** How far apart the clocks of two agents may be when one of them changes its key. */
  static final Duration CLOCK_SLACK = Duration.ofMinutes(5);

  private final Calls calls;

  PeerFrames(Calls calls) {
    this.calls = calls;
  }

  /**
   * A genuine frame.
   *
   * @param keys the peer's keys, as far as they are known now
   */
  record Genuine(Frame frame, KeyHistory keys) {}

  /**
   * Checks that {@code frame} is the peer's, of this session, unchanged and in time.
   *
   * @throws TalosException with the code of what is wrong with it; {@link
   *     ErrorCode#UPSTREAM_UNAVAILABLE} when the peer's keys must be asked for and cannot be;
   *     {@link ErrorCode#KEY_HISTORY_CONFLICT} when the server shows other keys than before
   */
  Genuine check(UnverifiedFrame frame, UuidV7 session, KeyHistory known, Instant now) {
    if (!frame.sessionId().equals(session) || !frame.senderId().equals(known.did().text())) {
      throw new TalosException(ErrorCode.A2A_SESSION_ID_MISMATCH, "a frame of another session");
    }
    return frame
        .check(known.currentKey(), now)
        .match(
            genuine -> new Genuine(genuine.frame(), known),
            refused ->
                refused.code() == ErrorCode.A2A_FRAME_SIGNATURE_INVALID
                    ? afterRotation(frame, known, now)
                    : bad(refused.code()));
  }

  /** The peer may have another key by now, or the frame may be older than the key that we know. */
  private Genuine afterRotation(UnverifiedFrame frame, KeyHistory known, Instant now) {
    Did peer = known.did();
    KeyHistory newer =
        calls
            .get(Calls.historyPath(peer))
            .match(
                granted -> Calls.history(peer, granted.value()),
                refused -> {
                  throw new TalosException(
                      refused.refusal().retryable()
                          ? ErrorCode.UPSTREAM_UNAVAILABLE
                          : ErrorCode.A2A_FRAME_SIGNATURE_INVALID,
                      "the peer's keys are not known");
                });
    if (!newer.continues(known)) {
      throw new TalosException(
          ErrorCode.KEY_HISTORY_CONFLICT, "the server shows another history than before");
    }
    for (Bytes key : newer.keys()) {
      if (newer.spoke(key, frame.createdAt(), CLOCK_SLACK)
          && frame.check(key, now) instanceof UnverifiedFrame.Genuine genuine) {
        return new Genuine(genuine.frame(), newer);
      }
    }
    return bad(ErrorCode.A2A_FRAME_SIGNATURE_INVALID);
  }

  private static Genuine bad(ErrorCode code) {
    throw new TalosException(code, "the server delivered a bad frame");
  }
}
