package bad.talos.identity.keys;

import java.time.Instant;
import java.util.function.Supplier;

/** Hands the machine's clock on. */
final class NamesInstantNow {
  Supplier<Instant> read() {
    return Instant::now;
  }
}
