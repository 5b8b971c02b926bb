package io.talos.audit.tree;

/** When a checkpoint may be given out. */
public enum Durability {
  /** When its transaction has committed. A promotion may lose what was published. */
  ASYNC,
  /** When a synchronous standby has flushed its rows as well. */
  STANDBY
}
