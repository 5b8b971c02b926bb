package io.talos.a2a.ops;

import io.talos.a2a.PruneGroups;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
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

/** Drops, every half minute, entries of groups that nobody waits for; nodes take turns by group. */
@Singleton
@Startup
@DependsOn("A2aStartup")
@TransactionManagement(TransactionManagementType.BEAN)
@SuppressWarnings("NullAway.Init") // the container fills the fields before the first tick
public class GroupSweeper {
  @Inject PruneGroups pruneGroups;
  @Inject InstantSource clock;

  @Schedule(hour = "*", minute = "*", second = "*/30", persistent = false)
  void tick() {
    run(clock.instant());
  }

  /** One run; a database that is away is tried again at the next tick. */
  void run(Instant now) {
    try {
      for (UuidV7 group : pruneGroups.due(now)) {
        pruneGroups.prune(group, now);
      }
    } catch (TalosException
        | PersistenceException
        | TransactionalException
        | EJBException
        | IllegalStateException e) {
      A2aLog.notPruned(e);
    }
  }
}
