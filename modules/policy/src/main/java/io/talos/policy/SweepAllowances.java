package io.talos.policy;

import io.talos.policy.limits.Limits;
import io.talos.policy.store.AllowanceStore;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;

/**
 * Deletes what the journal no longer needs: allowances of links that ended, and uses that are older
 * than any request could be. The audit log keeps what happened. A bounded batch; safe to repeat.
 */
@Dependent
public class SweepAllowances {
  private final AllowanceStore allowances;

  @Inject
  SweepAllowances(AllowanceStore allowances) {
    this.allowances = allowances;
  }

  /** One batch; whether more may be left. */
  @Transactional
  public boolean sweep(Instant now) {
    return allowances.sweep(
        now.minus(Limits.ENDED_ALLOWANCE_KEPT), now.minus(Limits.USE_KEPT), Limits.SWEEP_ROWS_MAX);
  }
}
