package io.talos.a2a;

import io.talos.contracts.channel.Frame;
import io.talos.contracts.channel.UnverifiedFrame;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.port.AgentDirectory;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges a frame by itself, before anything is locked for it: session, sender, size, hash, digest,
 * signature, expiry.
 */
@Dependent
public class CheckFrame {
  private final SessionDoor door;
  private final AgentDirectory agents;

  @Inject
  CheckFrame(SessionDoor door, AgentDirectory agents) {
    this.door = door;
    this.agents = agents;
  }

  /** A frame that is its sender's own, and for whom it is. */
  record Genuine(Frame frame, String recipient) {}

  /** Checks what {@code actor} sends in the session {@code id}. */
  @Transactional
  public Outcome<Genuine> check(UuidV7 id, String actor, UnverifiedFrame frame, Instant now) {
    return door.participants(id, actor)
        .then(
            ends ->
                genuine(id, actor, frame, now)
                    .then(own -> Outcome.done(new Genuine(own, ends.other(actor)))));
  }

  private Outcome<Frame> genuine(UuidV7 id, String actor, UnverifiedFrame frame, Instant now) {
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
}
