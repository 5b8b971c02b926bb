package io.talos.contracts.audit;

import java.util.Locale;

/** How it ended. */
public enum EventResult {
  /** As asked. */
  SUCCESS,
  /** It was tried and did not work. */
  FAILURE,
  /** It was not allowed. */
  DENIED,
  /** Nobody knows: the server ended before the outcome was written. */
  UNKNOWN;

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
