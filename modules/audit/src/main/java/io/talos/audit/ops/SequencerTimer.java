package io.talos.audit.ops;

import io.talos.audit.SequenceEvents;
import io.talos.contracts.error.TalosException;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.DependsOn;
import jakarta.ejb.EJBException;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.TransactionalException;
import java.time.Instant;
import java.time.InstantSource;

/** Looks at the outbox many times a second, on every node; one of them appends. */
@Singleton
@Startup
@DependsOn("AuditStartup")
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container fills the fields before start() runs
public class SequencerTimer {
  @Resource TimerService timers;
  @Inject AuditSettings settings;
  @Inject SequenceEvents sequenceEvents;
  @Inject InstantSource clock;

  /** Whether the last run failed; the container lets one thread in at a time. */
  private boolean failing;

  @PostConstruct
  void start() {
    long interval = settings.sequenceInterval().toMillis();
    timers.createIntervalTimer(interval, interval, new TimerConfig("talos.audit.sequence", false));
  }

  @Timeout
  void tick() {
    run(clock.instant());
  }

  /**
   * One run; a database that is away is tried again at the next tick. An outage is told once, and
   * once more when it is over: ticks are many. What comes back may be another database, and is
   * compared with what was published before anything is appended to it.
   */
  void run(Instant now) {
    try {
      if (failing) {
        sequenceEvents.compare(now);
      }
      sequenceEvents.run(now);
      if (failing) {
        AuditLog.sequencedAgain();
      }
      failing = false;
    } catch (TalosException
        | PersistenceException
        | TransactionalException
        | EJBException
        | IllegalStateException e) {
      if (!failing) {
        AuditLog.notSequenced(e);
      }
      failing = true;
    }
  }
}
