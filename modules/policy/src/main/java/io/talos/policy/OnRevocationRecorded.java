package io.talos.policy;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/**
 * Tells every node of a revocation that has committed. May be lost: every admission asks the
 * database, and idle nodes poll.
 */
@Dependent
public class OnRevocationRecorded {
  private final RedisTraffic traffic;

  @Inject
  OnRevocationRecorded(RedisTraffic traffic) {
    this.traffic = traffic;
  }

  void tell(@Observes(during = TransactionPhase.AFTER_SUCCESS) RevocationRecorded recorded) {
    RevocationWatch.tell(recorded.epoch(), traffic.limiter());
  }
}
