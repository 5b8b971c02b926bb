package bad.talos.identity.ops;

import bad.talos.identity.store.GoodStore;
import jakarta.ejb.Singleton;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** An EJB with injected fields where they belong. */
@Singleton
class GoodStartup {
  @Inject @Nullable GoodStore store;
}
