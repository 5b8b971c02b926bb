package io.talos.a2a;

import io.talos.a2a.ops.A2aLog;
import io.talos.contracts.error.TalosException;
import io.talos.runtime.redis.Redis;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/**
 * Wakes the recipient's readers on every node once a frame has committed. May be lost: readers look
 * for themselves after a while.
 */
@Dependent
public class OnFrameKept {
  /** Where nodes tell each other for whom a frame came. */
  public static final String CHANNEL = "talos:a2a:frames";

  private final WaitingReaders readers;
  private final Redis redis;

  @Inject
  OnFrameKept(WaitingReaders readers, Redis redis) {
    this.readers = readers;
    this.redis = redis;
  }

  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) FrameKept kept) {
    readers.get().wake(kept.recipientId());
    try {
      redis.publish(CHANNEL, kept.recipientId());
    } catch (TalosException e) {
      A2aLog.notTold(e);
    }
  }
}
