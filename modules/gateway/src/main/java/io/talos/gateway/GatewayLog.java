package io.talos.gateway;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** What the gateway tells operators; every message is in log_messages.json. */
public final class GatewayLog {
  private static final Logger LOG = System.getLogger("io.talos.gateway");

  private GatewayLog() {}

  /** An outcome could not be written; the admission stays open and is closed as unknown. */
  public static void outcomeNotRecorded(Throwable cause) {
    LOG.log(Level.WARNING, "TALOS-GAT-0001 The outcome of a request was not recorded", cause);
  }

  /** The gateway serves. */
  public static void started(int surfaces, String cryptoProvider) {
    LOG.log(
        Level.INFO,
        "TALOS-GAT-0002 The gateway serves {0} surfaces; Ed25519 and X25519 by {1}",
        surfaces,
        cryptoProvider);
  }

  /** Folded refusals could not be told; they are told with the next one. */
  public static void foldedNotRecorded(Throwable cause) {
    LOG.log(Level.WARNING, "TALOS-GAT-0003 Folded refusals were not recorded", cause);
  }

  /** Not for production. */
  public static void devMode() {
    LOG.log(Level.WARNING, "TALOS-GAT-0005 Talos runs in DEV MODE: never where it matters");
  }

  /** An answer was not kept for its idempotency key; the caller got it all the same. */
  public static void answerNotKept(Throwable cause) {
    LOG.log(Level.WARNING, "TALOS-GAT-0006 An answer was not kept for its idempotency key", cause);
  }
}
