package io.talos.policy;

import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/**
 * Tells Redis what the journal counted. May be lost: then the reservation gives up by itself, and
 * the journal still counts right.
 */
@Dependent
public class OnCallsCounted {
  private final RedisTraffic traffic;

  @Inject
  OnCallsCounted(RedisTraffic traffic) {
    this.traffic = traffic;
  }

  void tell(@Observes(during = TransactionPhase.AFTER_SUCCESS) CallsCounted counted) {
    traffic.limiter().confirm(counted.requestId(), counted.counts());
  }
}
