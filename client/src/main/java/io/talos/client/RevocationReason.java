package io.talos.client;

import java.util.Locale;

/** Why a link of a capability is revoked. */
public enum RevocationReason {
  /** Its holder's key is in other hands. */
  COMPROMISED,
  /** Another capability takes its place. */
  SUPERSEDED,
  /** Nobody needs it any more. */
  NO_LONGER_NEEDED,
  /** Its holder did with it what was not meant. */
  MISUSED,
  /** None of these. */
  OTHER;

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
