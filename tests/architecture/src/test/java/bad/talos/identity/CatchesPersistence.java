package bad.talos.identity;

import jakarta.persistence.PersistenceException;

/** Sees a commit fail. */
class CatchesPersistence {
  boolean works(Runnable change) {
    try {
      change.run();
      return true;
    } catch (PersistenceException e) {
      return false;
    }
  }
}
