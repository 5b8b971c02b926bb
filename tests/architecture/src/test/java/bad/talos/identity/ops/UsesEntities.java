package bad.talos.identity.ops;

import jakarta.persistence.EntityManager;

/** Start-up that asks the database past the store. */
class UsesEntities {
  boolean open(EntityManager entities) {
    return entities.isOpen();
  }
}
