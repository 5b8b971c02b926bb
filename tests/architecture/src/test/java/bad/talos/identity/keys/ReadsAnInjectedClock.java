package bad.talos.identity.keys;

import java.time.Instant;
import java.time.InstantSource;

/** Reads what it was given. */
final class ReadsAnInjectedClock {
  Instant read(InstantSource clock) {
    return clock.instant();
  }
}
