package bad.talos.identity;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import org.jspecify.annotations.Nullable;

/** An operation that is its own store. */
class PersistenceContextOutside {
  @PersistenceContext @Nullable EntityManager entities;
}
