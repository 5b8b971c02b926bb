package io.talos.policy;

import io.talos.policy.rights.Limits;
import io.talos.policy.store.CapabilityStore;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;

/**
 * Deletes root grants that ended {@link Limits#ENDED_GRANT_KEPT} ago. The audit log keeps who was
 * granted what. A bounded batch; safe to repeat.
 */
@Dependent
public class SweepGrants {
  private final CapabilityStore capabilities;

  @Inject
  SweepGrants(CapabilityStore capabilities) {
    this.capabilities = capabilities;
  }

  /** One batch; whether more may be left. */
  @Transactional
  public boolean sweep(Instant now) {
    return capabilities.sweep(
        now.minus(Limits.ENDED_GRANT_KEPT), io.talos.policy.limits.Limits.SWEEP_ROWS_MAX);
  }
}
