package io.talos.identity.store;

import io.talos.identity.authentication.AdmissionLock;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** An advisory lock that admissions share and an end has alone; good on every node. */
@ApplicationScoped
public class PostgresAdmissionLock implements AdmissionLock {
  private static final String LOCK = "hashtextextended('talos.identity.admission', 0)";

  @PersistenceContext(unitName = "identity")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public void holdBack() {
    lock("pg_advisory_xact_lock_shared");
  }

  @Override
  public void waitForAdmissions() {
    lock("pg_advisory_xact_lock");
  }

  private void lock(String function) {
    rows.createNativeQuery("select " + function + "(" + LOCK + ")").getSingleResult();
    // Rows read before the lock may say what was before.
    rows.clear();
  }
}
