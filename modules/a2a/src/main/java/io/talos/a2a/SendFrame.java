package io.talos.a2a;

import io.talos.a2a.frames.Frames;
import io.talos.a2a.frames.Lane;
import io.talos.a2a.frames.StoredFrame;
import io.talos.a2a.sessions.Session;
import io.talos.contracts.channel.Frame;
import io.talos.contracts.channel.SequenceWindow;
import io.talos.contracts.channel.UnverifiedFrame;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.FrameAccepted;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.port.AgentDirectory;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Takes a frame for the other participant of an active session. Once this returns and commits, the
 * frame is durable and has its place in the recipient's order; Talos keeps ciphertext only.
 *
 * <p>Refuses with: {@link ErrorCode#A2A_SESSION_NOT_FOUND} for everybody but the participants,
 * {@link ErrorCode#A2A_SESSION_ID_MISMATCH}, {@link ErrorCode#A2A_MEMBER_NOT_ALLOWED} when the
 * frame names another sender than the caller, what {@link UnverifiedFrame#check} refuses with,
 * {@link ErrorCode#A2A_LOCK_CONTENTION}, {@link ErrorCode#A2A_SESSION_STATE_INVALID}, {@link
 * ErrorCode#A2A_SESSION_EXPIRED}, {@link ErrorCode#A2A_FRAME_SEQUENCE_TOO_FAR}, {@link
 * ErrorCode#A2A_FRAME_REPLAY_DETECTED} for a number that was used or lies below the window. Audited
 * as {@code frame.accepted}.
 */
@Dependent
public class SendFrame {
  private final SessionDoor door;
  private final Frames frames;
  private final AgentDirectory agents;
  private final Event<FrameAccepted> accepted;
  private final InstantSource clock;

  @Inject
  SendFrame(
      SessionDoor door,
      Frames frames,
      AgentDirectory agents,
      Event<FrameAccepted> accepted,
      InstantSource clock) {
    this.door = door;
    this.frames = frames;
    this.agents = agents;
    this.accepted = accepted;
    this.clock = clock;
  }

  /** Takes {@code frame}, which {@code actor} sends in the session {@code id}. */
  @Transactional
  public Outcome<StoredFrame> send(UuidV7 id, String actor, UnverifiedFrame frame) {
    Instant now = WireTime.cut(clock.instant());
    return door.participants(id, actor)
        .then(ends -> check(id, actor, frame, now))
        // The signature was checked before, so that the lock is held for the database only.
        .then(genuine -> door.enter(id, actor).then(session -> keep(session, genuine, now)));
  }

  private Outcome<Frame> check(UuidV7 id, String actor, UnverifiedFrame frame, Instant now) {
    if (!frame.sessionId().equals(id)) {
      return Outcome.refused(ErrorCode.A2A_SESSION_ID_MISMATCH);
    }
    Optional<AgentDirectory.Agent> sender = agents.find(actor).filter(AgentDirectory.Agent::active);
    if (!frame.senderId().equals(actor) || sender.isEmpty()) {
      return Outcome.refused(ErrorCode.A2A_MEMBER_NOT_ALLOWED);
    }
    return frame
        .check(sender.get().currentKey(), now)
        .match(
            genuine -> Outcome.done(genuine.frame()), refused -> Outcome.refused(refused.code()));
  }

  private Outcome<StoredFrame> keep(Session session, Frame frame, Instant now) {
    UnverifiedFrame content = frame.content();
    Lane lane = frames.lane(session.id(), content.senderId());
    Optional<ErrorCode> refusal =
        session
            .refusesUse(now)
            .or(() -> SequenceWindow.refuses(lane.highestSeq(), content.senderSeq()));
    if (refusal.isPresent()) {
      return Outcome.refused(refusal.get());
    }
    Lane next = lane.after(content.senderSeq());
    StoredFrame stored = new StoredFrame(content, lane.recipientId(), next.position(), now);
    if (!frames.add(stored)) {
      return Outcome.refused(ErrorCode.A2A_FRAME_REPLAY_DETECTED);
    }
    frames.advance(next);
    accepted.fire(
        new FrameAccepted(
            session.id(),
            content.senderId(),
            stored.recipientId(),
            content.senderSeq(),
            stored.position(),
            content.ciphertext().size(),
            content.frameDigest()));
    return Outcome.done(stored);
  }
}
