package bad.talos.identity.keys;

import java.time.Instant;

/** Reads the machine's clock. */
final class ReadsInstantNow {
  Instant read() {
    return Instant.now();
  }
}
