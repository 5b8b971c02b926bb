package io.talos.audit.ops;

import io.talos.audit.CloseOpenAdmissions;
import io.talos.contracts.error.TalosException;
import jakarta.annotation.PostConstruct;
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

/** Closes, every half minute, what the node left open when it last ended. */
@Singleton
@Startup
@DependsOn("AuditStartup")
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container fills the fields before start() runs
public class SweeperTimer {
  @Inject CloseOpenAdmissions closeOpenAdmissions;
  @Inject InstantSource clock;

  private Instant startedAt;

  /** No request is admitted before the application has started, so this is early enough. */
  @PostConstruct
  void start() {
    startedAt = clock.instant();
  }

  @Schedule(hour = "*", minute = "*", second = "*/30", persistent = false)
  void tick() {
    run(clock.instant());
  }

  /** One run; a database that is away is tried again at the next tick. */
  void run(Instant now) {
    try {
      int closed = closeOpenAdmissions.run(startedAt, now);
      if (closed > 0) {
        AuditLog.swept(closed);
      }
    } catch (TalosException
        | PersistenceException
        | TransactionalException
        | EJBException
        | IllegalStateException e) {
      AuditLog.notSwept(e);
    }
  }
}
