package io.talos.policy;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/**
 * Tells Redis what the journal recorded. May be lost: then the reservation gives up by itself, and
 * the journal is still right.
 */
@Dependent
public class OnAllowancesUsed {
  private final RedisTraffic traffic;

  @Inject
  OnAllowancesUsed(RedisTraffic traffic) {
    this.traffic = traffic;
  }

  void tell(@Observes(during = TransactionPhase.AFTER_SUCCESS) AllowancesUsed event) {
    traffic.limiter().confirm(event.requestId(), event.used());
  }
}
