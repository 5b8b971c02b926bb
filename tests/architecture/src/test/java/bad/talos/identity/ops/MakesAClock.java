package bad.talos.identity.ops;

import java.time.InstantSource;

/** A second clock in one server. */
class MakesAClock {
  InstantSource clock() {
    return InstantSource.system();
  }
}
