package io.talos.a2a;

import io.talos.a2a.ops.A2aLog;
import io.talos.contracts.error.TalosException;
import io.talos.runtime.redis.Redis;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/**
 * Wakes the readers of what has committed on every node. May be lost: readers look for themselves
 * after a while.
 */
@Dependent
public class OnArrived {
  /** Where nodes tell each other for whom something came: one DID on each line. */
  public static final String CHANNEL = "talos:a2a:arrivals";

  private final WaitingReaders waiting;
  private final Redis redis;

  @Inject
  OnArrived(WaitingReaders waiting, Redis redis) {
    this.waiting = waiting;
    this.redis = redis;
  }

  void wake(@Observes(during = TransactionPhase.AFTER_SUCCESS) Arrived arrived) {
    arrived.readers().forEach(waiting.get()::wake);
    try {
      redis.publish(CHANNEL, String.join("\n", arrived.readers()));
    } catch (TalosException e) {
      A2aLog.notTold(e);
    }
  }
}
