package io.talos.a2a.ops;

import io.talos.a2a.EndFrames;
import io.talos.a2a.SweepSessions;
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

/** Ends frames and sessions that are over, a bounded batch at a time, on one node at a time. */
@Singleton
@Startup
@DependsOn("A2aStartup")
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container fills the fields before start() runs
public class SweeperTimer {
  @Resource TimerService timers;
  @Inject A2aSettings settings;
  @Inject Turn turn;
  @Inject EndFrames endFrames;
  @Inject SweepSessions sweepSessions;
  @Inject InstantSource clock;

  @PostConstruct
  void start() {
    long interval = settings.sweepInterval().toMillis();
    timers.createIntervalTimer(interval, interval, new TimerConfig("talos.a2a.sweep", false));
  }

  @Timeout
  void tick() {
    run(clock.instant());
  }

  /** One run; a database that is away is tried again at the next tick. */
  void run(Instant now) {
    try {
      turn.take(() -> sweep(now));
    } catch (TalosException
        | PersistenceException
        | TransactionalException
        | EJBException
        | IllegalStateException e) {
      A2aLog.notSwept(e);
    }
  }

  private void sweep(Instant now) {
    int frames = 0;
    for (String agent : endFrames.agents(now)) {
      frames += endFrames.of(agent, now);
    }
    int sessions = sweepSessions.run(now);
    if (frames + sessions > 0) {
      A2aLog.swept(frames, sessions);
    }
  }
}
