package io.talos.audit.ops;

import io.talos.audit.RotateAddressKey;
import io.talos.contracts.error.TalosException;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.TransactionalException;
import java.time.Instant;
import java.time.InstantSource;

/** Looks every minute whether the key for addresses is over. */
@Singleton
@Startup
@DependsOn("AuditStartup")
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container fills the fields before a tick
public class AddressKeyTimer {
  @Inject RotateAddressKey rotate;
  @Inject InstantSource clock;

  @Schedule(hour = "*", minute = "*", second = "20", persistent = false)
  void tick() {
    run(clock.instant());
  }

  /** One run; a database that is away is tried again at the next tick, under the key before. */
  void run(Instant now) {
    try {
      rotate.use(now);
      int destroyed = rotate.destroyOld(now);
      if (destroyed > 0) {
        AuditLog.addressKeysDestroyed(destroyed);
      }
    } catch (TalosException
        | PersistenceException
        | TransactionalException
        | EJBException
        | IllegalStateException e) {
      AuditLog.addressKeyKept(e);
    }
  }
}
