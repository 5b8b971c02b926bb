package bad.talos.client;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Reads the machine's clock. */
final class ReadsDateNow {
  OffsetDateTime read() {
    return OffsetDateTime.now(ZoneOffset.UTC);
  }
}
