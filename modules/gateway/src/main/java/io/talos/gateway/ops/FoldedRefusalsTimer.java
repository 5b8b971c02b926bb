package io.talos.gateway.ops;

import io.talos.contracts.error.TalosException;
import io.talos.gateway.GatewayLog;
import io.talos.gateway.chain.Refusals;
import jakarta.ejb.EJBException;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Tells folded refusals every second, so that none stays untold. */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class FoldedRefusalsTimer {
  @Inject private @Nullable Refusals refusals;
  @Inject private @Nullable InstantSource clock;

  @Schedule(hour = "*", minute = "*", second = "*", persistent = false)
  void tick() {
    if (clock != null) {
      run(clock.instant());
    }
  }

  void run(Instant now) {
    if (refusals == null) {
      throw new IllegalStateException("the container injects the refusals");
    }
    try {
      refusals.tellFolded(now);
    } catch (TalosException | PersistenceException | EJBException | IllegalStateException e) {
      GatewayLog.foldedNotRecorded(e);
    }
  }
}
