package io.talos.a2a.ops;

import java.lang.System.Logger.Level;
import java.util.Map;

/** What the a2a module logs; the texts are in contracts/registry/log_messages.json. */
final class A2aLog {
  private static final System.Logger LOG = System.getLogger("io.talos.a2a");

  private A2aLog() {}

  static void started(Map<String, String> settings) {
    LOG.log(Level.INFO, "TALOS-A2A-0001 a2a started with {0}", settings);
  }
}
