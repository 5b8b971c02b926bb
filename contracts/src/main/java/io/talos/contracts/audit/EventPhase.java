package io.talos.contracts.audit;

import java.util.Locale;

/** Where in a request's life an audit event stands. */
public enum EventPhase {
  /** A request was let in; written before its handler ran. */
  ADMISSION,
  /** What became of an admitted request. */
  OUTCOME,
  /** Something changed; written in the transaction of the change. */
  ACT,
  /** A request was not let in. */
  REFUSAL;

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
