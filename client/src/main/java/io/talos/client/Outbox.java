package io.talos.client;

import io.talos.client.http.Transport;
import io.talos.contracts.channel.UnverifiedFrame;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** Sends what waits in a conversation, in order, one frame at a time. */
final class Outbox {
  private static final Set<String> NOT_YET =
      Set.of(
          ErrorCode.A2A_SESSION_STATE_INVALID.name(),
          ErrorCode.A2A_FRAME_EXPIRED.name(),
          ErrorCode.A2A_FRAME_SIGNATURE_INVALID.name());

  private final Conversation conversation;
  private final Conversations all;
  // Held while a request is on its way, so that frames leave in order.
  private final ReentrantLock sending = new ReentrantLock(true);
  // Below it a frame may have been sent before: by this process, or by one that crashed.
  private long neverTriedFrom;
  private boolean rolledBack;

  Outbox(Conversation conversation, Conversations all, long nextNumber) {
    this.conversation = conversation;
    this.all = all;
    this.neverTriedFrom = nextNumber;
  }

  Delivery deliver() {
    sending.lock();
    try {
      Optional<UnverifiedFrame> first = conversation.firstWaiting();
      // Bounded: each turn removes a frame, and other threads add OUTBOX_MAX at most.
      while (first.isPresent()) {
        Delivery delivery = deliver(first.get());
        if (!(delivery instanceof Delivery.Taken)) {
          return delivery;
        }
        conversation.tookFirst();
        first = conversation.firstWaiting();
      }
      return new Delivery.Taken();
    } finally {
      sending.unlock();
    }
  }

  private Delivery deliver(UnverifiedFrame waiting) {
    UnverifiedFrame frame =
        conversation.isCurrent(waiting) ? waiting : conversation.signAnew(waiting);
    boolean first = frame.senderSeq() >= neverTriedFrom;
    neverTriedFrom = Math.max(neverTriedFrom, frame.senderSeq() + 1);
    for (int tried = 1; ; tried++) {
      Delivery delivery = attempt(frame, first && tried == 1);
      if (!isWorthAnotherTry(delivery) || tried == io.talos.client.http.Limits.TRIES_MAX) {
        return delivery;
      }
      Transport.pause(all.backoff().after(tried));
    }
  }

  private static boolean isWorthAnotherTry(Delivery delivery) {
    return delivery instanceof Delivery.Waiting waiting && !NOT_YET.contains(waiting.code());
  }

  private Delivery attempt(UnverifiedFrame frame, boolean first) {
    Reply<JsonObject> reply;
    try {
      reply = all.submit(frame);
    } catch (TalosException e) {
      if (Conversations.isPassing(e.code())) {
        return new Delivery.Waiting(e.code().name());
      }
      throw e;
    }
    return reply.match(
        granted -> new Delivery.Taken(), refused -> refused(refused.refusal(), first));
  }

  /** A session that was not accepted yet and one that is over refuse with the same code. */
  private boolean isOver(Refusal refusal) {
    return refusal.is(ErrorCode.A2A_SESSION_STATE_INVALID) && all.isOver(conversation.session());
  }

  private Delivery refused(Refusal refusal, boolean first) {
    if (refusal.is(ErrorCode.A2A_FRAME_REPLAY_DETECTED)) {
      if (first) {
        rolledBack = true;
      }
      if (rolledBack) {
        throw new TalosException(
            ErrorCode.STATE_ROLLED_BACK, "the server has another frame of this number");
      }
      // The answer to an earlier try was lost.
      return new Delivery.Taken();
    }
    boolean passes = refusal.retryable() || NOT_YET.contains(refusal.code());
    return passes && !isOver(refusal)
        ? new Delivery.Waiting(refusal.code())
        : new Delivery.Refused(refusal.code());
  }
}
