package io.talos.a2a.sessions;

import java.util.Locale;

/** Where a session stands. */
public enum SessionState {
  /** Asked for; the responder has not accepted yet. */
  PENDING,
  /** Both sides may send. */
  ACTIVE,
  /** Over, because a participant closed it. */
  CLOSED,
  /** Over, because its time has passed; worked out when asked, never stored. */
  EXPIRED;

  /** The name on the wire and in the database. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state of that name. */
  public static SessionState of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
