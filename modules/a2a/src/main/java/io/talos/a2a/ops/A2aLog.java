package io.talos.a2a.ops;

import java.lang.System.Logger.Level;
import java.util.Map;

/** What the a2a module logs; the texts are in contracts/registry/log_messages.json. */
public final class A2aLog {
  private static final System.Logger LOG = System.getLogger("io.talos.a2a");

  private A2aLog() {}

  static void started(Map<String, String> settings) {
    LOG.log(Level.INFO, "TALOS-A2A-0001 a2a started with {0}", settings);
  }

  static void swept(int frames, int sessions) {
    LOG.log(
        Level.INFO,
        "TALOS-A2A-0002 ended {0,number,#} frames and swept {1,number,#} sessions",
        frames,
        sessions);
  }

  /** Redis is away. */
  public static void notTold(Throwable cause) {
    LOG.log(
        Level.WARNING, "TALOS-A2A-0004 readers on other nodes could not be told of a frame", cause);
  }

  static void notSwept(Throwable cause) {
    LOG.log(Level.WARNING, "TALOS-A2A-0003 what is over could not be removed now", cause);
  }

  static void notPruned(Exception cause) {
    LOG.log(Level.WARNING, "TALOS-A2A-0010 old entries of groups could not be dropped now", cause);
  }
}
