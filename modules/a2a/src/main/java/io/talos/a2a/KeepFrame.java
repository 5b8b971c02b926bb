package io.talos.a2a;

import io.talos.a2a.frames.Frames;
import io.talos.a2a.frames.Standing;
import io.talos.a2a.frames.StoredFrame;
import io.talos.a2a.ops.A2aSettings;
import io.talos.a2a.sessions.Session;
import io.talos.contracts.channel.Frame;
import io.talos.contracts.channel.UnverifiedFrame;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.FrameAccepted;
import io.talos.contracts.id.UuidV7;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Gives a genuine frame its places, in one transaction with its audit event. */
@Dependent
public class KeepFrame {
  private final SessionDoor door;
  private final Frames frames;
  private final Event<FrameAccepted> accepted;
  private final Event<Arrived> arrived;
  private final A2aSettings settings;

  @Inject
  KeepFrame(
      SessionDoor door,
      Frames frames,
      Event<FrameAccepted> accepted,
      Event<Arrived> arrived,
      A2aSettings settings) {
    this.door = door;
    this.frames = frames;
    this.accepted = accepted;
    this.arrived = arrived;
    this.settings = settings;
  }

  /** Keeps {@code frame}, whose sender takes part in the session {@code id}. */
  @Transactional
  public Outcome<StoredFrame> keep(UuidV7 id, Frame frame, Instant now) {
    return door.enterKnown(id, frame.content().senderId())
        .then(session -> keep(session, frame, now));
  }

  private Outcome<StoredFrame> keep(Session session, Frame frame, Instant now) {
    UnverifiedFrame content = frame.content();
    Standing standing = frames.standing(session.id(), content.senderId(), content.senderSeq());
    Optional<ErrorCode> refusal =
        session.refusesUse(now).or(() -> standing.refuses(content.senderSeq()));
    if (refusal.isPresent()) {
      return Outcome.refused(refusal.get());
    }
    return frames
        .add(content, settings.inbox(), now)
        .map(this::tell)
        .orElseGet(() -> Outcome.refused(ErrorCode.A2A_INBOX_FULL));
  }

  private Outcome<StoredFrame> tell(StoredFrame stored) {
    UnverifiedFrame content = stored.content();
    accepted.fire(
        new FrameAccepted(
            content.sessionId(),
            content.senderId(),
            stored.recipientId(),
            content.senderSeq(),
            stored.position(),
            content.ciphertext().size(),
            content.frameDigest()));
    arrived.fire(new Arrived(List.of(stored.recipientId())));
    return Outcome.done(stored);
  }
}
