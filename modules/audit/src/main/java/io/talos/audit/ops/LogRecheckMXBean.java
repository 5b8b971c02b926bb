package io.talos.audit.ops;

/** The recheck of this node's database, for an operator with a JMX console on the machine. */
public interface LogRecheckMXBean {
  /** The name it is registered under. */
  String NAME = "io.talos:type=LogRecheck";

  /** Starts one; false when one is under way. */
  boolean start();

  /** Tells the one that is under way to stop. */
  void cancel();

  /** Whether one is under way. */
  boolean isRunning();

  /** How many entries it has checked. */
  long getEntriesChecked();

  /** How many it has to check. */
  long getEntriesTotal();

  /**
   * How the last finished one ended: {@code NONE}, {@code HOLDS}, {@code BROKEN}, {@code
   * CANCELLED}.
   */
  String getVerdict();

  /** The bad row that it found, in one line; empty when it found none. */
  String getFirstBadRow();

  /** Why the last one could not be finished; empty when it could. */
  String getFailure();

  /** When the last one ended; empty when there was none. */
  String getEndedAt();
}
