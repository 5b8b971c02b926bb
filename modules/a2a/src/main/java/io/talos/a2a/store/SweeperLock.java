package io.talos.a2a.store;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** The lock of whoever sweeps, across nodes. */
@ApplicationScoped
public class SweeperLock {
  @PersistenceContext(unitName = "a2a")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  /** Takes it until the transaction ends; false, at once, when another node has it. */
  public boolean tryTake() {
    return Boolean.TRUE.equals(
        rows.createNativeQuery(
                "select pg_try_advisory_xact_lock(hashtextextended('talos.a2a.sweeper', 0))")
            .getSingleResult());
  }
}
