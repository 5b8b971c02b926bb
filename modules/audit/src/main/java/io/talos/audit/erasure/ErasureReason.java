package io.talos.audit.erasure;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Why something was erased; a closed list, because what stays for good must hold nothing personal.
 */
public enum ErasureReason {
  /** The person asked for it. */
  ASKED_BY_PERSON,
  /** It was kept as long as it may be. */
  RETENTION_ENDED,
  /** It should not have been recorded. */
  RECORDED_BY_MISTAKE,
  /** A court or an authority ordered it. */
  ORDERED_BY_AUTHORITY,
  /** Another reason. */
  OTHER;

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The reason of this name. */
  public static Optional<ErasureReason> ofWire(String wire) {
    return Arrays.stream(values()).filter(reason -> reason.wire().equals(wire)).findFirst();
  }
}
