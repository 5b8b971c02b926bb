package io.talos.contracts.principal;

import java.util.Locale;

/** How a caller proved who they are; only {@link #SIGNED} can be proved to a third party. */
public enum AuthMode {
  /** A signature over this very request. */
  SIGNED,
  /** A bearer credential: whoever holds it may send it. */
  BEARER,
  /** Not at all. */
  ANONYMOUS;

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
