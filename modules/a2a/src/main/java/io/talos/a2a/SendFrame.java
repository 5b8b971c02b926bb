package io.talos.a2a;

import io.talos.a2a.frames.StoredFrame;
import io.talos.a2a.ops.A2aSettings;
import io.talos.contracts.channel.UnverifiedFrame;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Takes a frame for the other participant of an active session. Once this returns, the frame is
 * durable and has its place in the recipient's order; Talos keeps ciphertext only.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_SESSION_NOT_FOUND} for everybody but the participants,
 * {@link ErrorCode#A2A_SESSION_ID_MISMATCH}, {@link ErrorCode#A2A_MEMBER_NOT_ALLOWED} when the
 * frame names another sender than the caller, what {@link UnverifiedFrame#check} refuses with,
 * {@link ErrorCode#A2A_LOCK_CONTENTION} when others write to the session or the inbox for too long,
 * {@link ErrorCode#A2A_SESSION_STATE_INVALID}, {@link ErrorCode#A2A_SESSION_EXPIRED}, {@link
 * ErrorCode#A2A_FRAME_SEQUENCE_TOO_FAR}, {@link ErrorCode#A2A_FRAME_REPLAY_DETECTED} for a number
 * that was used or lies below the window, {@link ErrorCode#A2A_INBOX_FULL}. Audited as {@code
 * frame.accepted}.
 */
@Dependent
public class SendFrame {
  private final CheckFrame checkFrame;
  private final WriterGate gate;
  private final KeepFrame keepFrame;
  private final A2aSettings settings;
  private final InstantSource clock;

  @Inject
  SendFrame(
      CheckFrame checkFrame,
      WriterGate gate,
      KeepFrame keepFrame,
      A2aSettings settings,
      InstantSource clock) {
    this.checkFrame = checkFrame;
    this.gate = gate;
    this.keepFrame = keepFrame;
    this.settings = settings;
    this.clock = clock;
  }

  /** Takes {@code frame}, which {@code actor} sends in the session {@code id}. */
  public Outcome<StoredFrame> send(UuidV7 id, String actor, UnverifiedFrame frame) {
    Instant now = WireTime.cut(clock.instant());
    // Two transactions: no connection is held while the signature is checked and at the gate.
    return checkFrame
        .check(id, actor, frame, now)
        .then(
            genuine ->
                gate.within(
                        genuine.recipient(),
                        settings.lockWait(),
                        () -> keepFrame.keep(id, genuine.frame(), now))
                    .orElseGet(() -> Outcome.refused(ErrorCode.A2A_LOCK_CONTENTION)));
  }
}
