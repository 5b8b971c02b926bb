package bad.talos.client;

import java.time.InstantSource;

/** A program with a clock, as it may. */
final class MakesAClock {
  InstantSource clock() {
    return InstantSource.system();
  }
}
