package io.talos.audit.ops;

import java.lang.System.Logger.Level;
import java.util.Map;

/** What the audit module logs; the texts are in contracts/registry/log_messages.json. */
public final class AuditLog {
  private static final System.Logger LOG = System.getLogger("io.talos.audit");

  private AuditLog() {}

  static void started(String origin, long size, Map<String, String> settings) {
    LOG.log(
        Level.INFO,
        "TALOS-AUD-0001 audit started: log {0} has {1,number,#} entries; settings {2}",
        origin,
        size,
        settings);
  }

  /** The log was stopped on this node. */
  public static void halted(String why) {
    LOG.log(Level.ERROR, "TALOS-AUD-0002 the log was stopped, its history does not fit: {0}", why);
  }

  static void notSequenced(Throwable cause) {
    LOG.log(Level.WARNING, "TALOS-AUD-0003 events wait: the log cannot be written now", cause);
  }

  static void notSwept(Throwable cause) {
    LOG.log(Level.WARNING, "TALOS-AUD-0004 open admissions could not be closed now", cause);
  }

  static void swept(int closed) {
    LOG.log(Level.INFO, "TALOS-AUD-0005 closed {0,number,#} admissions without an outcome", closed);
  }

  static void otherOrigin(String inForce, String configured) {
    LOG.log(
        Level.WARNING,
        "TALOS-AUD-0006 the log keeps its origin {0}; the settings name {1}",
        inForce,
        configured);
  }

  static void sequencedAgain() {
    LOG.log(Level.INFO, "TALOS-AUD-0007 the log is written again");
  }
}
