package bad.talos.identity.keys;

import bad.talos.identity.store.GoodStore;

/** A domain that depends on how it is kept. */
final class SeesItsStore {
  GoodStore store(GoodStore store) {
    return store;
  }
}
