package io.talos.audit.ops;

import io.talos.audit.FollowLog;
import io.talos.audit.WaitingFollowers;
import io.talos.audit.event.LogCursor;
import io.talos.audit.tree.Limits;
import io.talos.contracts.error.TalosException;
import io.talos.runtime.waiting.Readers;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
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
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.TransactionalException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Wakes those who wait on this node when there is a new checkpoint, whichever node signed it: the
 * database is looked at four times a second, as long as somebody waits.
 */
@Singleton
@Startup
@DependsOn("AuditStartup")
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container fills the fields before start() runs
public class FollowersTimer {
  private static final long INTERVAL_MILLIS = 250;

  @Resource TimerService timers;
  @Resource ManagedExecutorService executor;
  @Inject FollowLog followLog;
  @Inject WaitingFollowers followers;
  @Inject InstantSource clock;

  private Optional<LogCursor> seen = Optional.empty();

  @PostConstruct
  void start() {
    followers.begin(new Readers(Limits.FOLLOWERS_MAX, executor, clock));
    timers.createIntervalTimer(
        INTERVAL_MILLIS, INTERVAL_MILLIS, new TimerConfig("talos.audit.followers", false));
  }

  @Timeout
  void tick() {
    run(clock.instant());
  }

  /** One look; a database that is away is told of by the sequencer, and tried at the next tick. */
  void run(Instant now) {
    Readers readers = followers.get();
    if (readers.count() == 0) {
      return;
    }
    try {
      Optional<LogCursor> newest = followLog.now().match(Optional::of, code -> Optional.empty());
      if (!newest.equals(seen)) {
        seen = newest;
        readers.wakeAll();
      }
    } catch (TalosException
        | PersistenceException
        | TransactionalException
        | EJBException
        | IllegalStateException e) {
      seen = Optional.empty();
    }
    readers.tick(now);
  }

  @PreDestroy
  void stop() {
    followers.get().close();
  }
}
