package io.talos.policy.rights;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a link was revoked. A closed list, so that nobody writes personal data into the log. */
public enum RevocationReason {
  /** A key or token is in wrong hands. */
  COMPROMISED,
  /** Another capability takes its place. */
  SUPERSEDED,
  /** It is not needed any more. */
  NO_LONGER_NEEDED,
  /** Its holder broke the rules. */
  MISUSED,
  /** Something else. */
  OTHER;

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The reason of that name. */
  public static Optional<RevocationReason> ofWire(String text) {
    return Arrays.stream(values()).filter(r -> r.wire().equals(text)).findFirst();
  }
}
