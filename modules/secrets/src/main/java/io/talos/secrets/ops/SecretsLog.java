package io.talos.secrets.ops;

import io.talos.secrets.envelope.KekId;
import java.lang.System.Logger.Level;
import java.util.Map;

/** What the secrets module logs; the texts are in contracts/registry/log_messages.json. */
public final class SecretsLog {
  private static final System.Logger LOG = System.getLogger("io.talos.secrets");

  private SecretsLog() {}

  static void started(Map<String, String> settings) {
    LOG.log(Level.INFO, "TALOS-SEC-0001 secrets started with {0}", settings);
  }

  static void kekMissing(KekId kek) {
    LOG.log(
        Level.WARNING,
        "TALOS-SEC-0002 secrets are sealed under key-encryption key {0} that is not loaded",
        kek.text());
  }

  static void doesNotOpen(KekId kek) {
    LOG.log(
        Level.ERROR,
        "TALOS-SEC-0004 key-encryption key {0} does not open a secret that is sealed under it",
        kek.text());
  }

  /** Talos made a secret of its own. */
  public static void ownSecretMade(String name) {
    LOG.log(Level.INFO, "TALOS-SEC-0003 Talos made a secret of its own: {0}", name);
  }
}
