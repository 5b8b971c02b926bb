package bad.talos.identity.store;

import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import org.jspecify.annotations.Nullable;

/** A store with an object of the container, as it may. */
@ApplicationScoped
class HasAResource {
  @Resource @Nullable TransactionSynchronizationRegistry transaction;
}
