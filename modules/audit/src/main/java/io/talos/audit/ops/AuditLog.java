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

  /** A log was stopped for good, and another one opened. */
  public static void reopened(String origin, long from, long to, String vkey) {
    LOG.log(
        Level.ERROR,
        "TALOS-AUD-0015 the log {0} lost what was published, entries {1,number,#} up to"
            + " {2,number,#}; it is stopped for good and followed by {3}",
        origin,
        from,
        to,
        vkey);
  }

  /** A second key signs the log. */
  public static void keyAdded(String vkey, String beside) {
    LOG.log(Level.INFO, "TALOS-AUD-0016 the log is signed by {0} too, beside {1}", vkey, beside);
  }

  /** A key signs the log no more. */
  public static void keyRetired(String vkey, String beside) {
    LOG.log(Level.INFO, "TALOS-AUD-0017 {0} signs the log no more; {1} does, alone", vkey, beside);
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

  static void addressKeysDestroyed(int destroyed) {
    LOG.log(
        Level.INFO,
        "TALOS-AUD-0035 destroyed {0,number,#} keys under which addresses were hashed",
        destroyed);
  }

  static void addressKeyKept(Throwable cause) {
    LOG.log(Level.WARNING, "TALOS-AUD-0036 the key for addresses could not be changed now", cause);
  }

  /** A row is not what the events say. */
  public static void badRow(String row) {
    LOG.log(Level.ERROR, "TALOS-AUD-0023 recheck: {0}", row);
  }

  /** A whole recheck found nothing. */
  public static void rechecked(long entries) {
    LOG.log(
        Level.INFO, "TALOS-AUD-0024 recheck: all {0,number,#} entries of the log hold", entries);
  }

  /** A recheck did not come to its end. */
  public static void notRechecked(Throwable cause) {
    LOG.log(Level.WARNING, "TALOS-AUD-0025 the log could not be rechecked now", cause);
  }

  static void anchoring(String lanes, String witness, String account) {
    LOG.log(
        Level.INFO,
        "TALOS-AUD-0011 checkpoints are anchored by {0}; this node cosigns as {1}; the"
            + " account on the chain is {2}",
        lanes,
        witness,
        account);
  }

  static void notAnchored(String lane, Throwable cause) {
    LOG.log(
        Level.WARNING, "TALOS-AUD-0012 anchors wait: " + lane + " cannot do its work now", cause);
  }

  static void anchoredAgain(String lane) {
    LOG.log(Level.INFO, "TALOS-AUD-0013 {0} does its work again", lane);
  }

  /** A log that this node witnesses signed two histories. */
  public static void contradicted(String origin, long size) {
    LOG.log(
        Level.ERROR,
        "TALOS-AUD-0014 the log {0} signed two roots for size {1,number,#}",
        origin,
        size);
  }
}
