package io.talos.identity.ops;

import io.talos.contracts.error.TalosException;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Map;

/** What the identity module logs; the texts are in contracts/registry/log_messages.json. */
final class IdentityLog {
  private static final System.Logger LOG = System.getLogger("io.talos.identity");

  private IdentityLog() {}

  static void started(Map<String, String> settings) {
    LOG.log(Level.INFO, "TALOS-IDN-0001 identity started with {0}", settings);
  }

  static void noncesComplete(Instant since) {
    LOG.log(Level.INFO, "TALOS-IDN-0002 nonces are remembered since {0}", since);
  }

  static void noncesUnreachable(TalosException cause) {
    LOG.log(
        Level.WARNING,
        "TALOS-IDN-0003 nonces cannot be remembered; signed requests are refused until Redis"
            + " answers",
        cause);
  }
}
