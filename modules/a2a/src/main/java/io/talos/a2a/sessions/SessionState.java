package io.talos.a2a.sessions;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

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

  /** The state of a name that may be none. */
  public static Optional<SessionState> find(String wire) {
    return Arrays.stream(values()).filter(state -> state.wire().equals(wire)).findFirst();
  }

  /** The state of that name. */
  public static SessionState of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
