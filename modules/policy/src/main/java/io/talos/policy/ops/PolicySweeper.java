package io.talos.policy.ops;

import io.talos.contracts.error.TalosException;
import io.talos.policy.CapabilityChecks;
import io.talos.policy.SweepAllowances;
import io.talos.policy.SweepGrants;
import io.talos.policy.limits.Limits;
import jakarta.ejb.EJBException;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.TransactionalException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** Forgets, every minute, what can never be used again. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container fills the fields before a timer fires
public class PolicySweeper {
  @Inject SweepAllowances allowances;
  @Inject SweepGrants grants;
  @Inject CapabilityChecks capabilities;
  @Inject InstantSource clock;

  @Schedule(hour = "*", minute = "*", second = "30", persistent = false)
  void tick() {
    run(clock.instant());
  }

  void run(Instant now) {
    capabilities.sweep(now);
    try {
      drain(() -> allowances.sweep(now));
      drain(() -> grants.sweep(now));
    } catch (TalosException
        | PersistenceException
        | TransactionalException
        | EJBException
        | IllegalStateException e) {
      PolicyLog.notSwept(e);
    }
  }

  /** One batch a minute would be less than busy agents use, and the journal would grow for ever. */
  static void drain(BooleanSupplier batch) {
    boolean more = true;
    for (int i = 0; i < Limits.SWEEPS_MAX && more; i++) {
      more = batch.getAsBoolean();
    }
  }
}
