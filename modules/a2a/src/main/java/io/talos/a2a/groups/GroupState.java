package io.talos.a2a.groups;

import java.util.Locale;

/** Where a group stands. */
public enum GroupState {
  /** Its members may send. */
  ACTIVE,
  /** Over, because its owner closed it. */
  CLOSED;

  /** The name on the wire and in the database. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of that name. */
  public static GroupState of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
