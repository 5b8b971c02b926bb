package io.talos.contracts.policy;

import java.util.Locale;

/** What a binding or a tool rule does where it applies; a deny beats every allow. */
public enum AccessEffect {
  /** Permits. */
  ALLOW,
  /** Forbids, whatever else permits. */
  DENY;

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The effect with this name on the wire. */
  public static AccessEffect ofWire(String name) {
    return switch (name) {
      case "allow" -> ALLOW;
      case "deny" -> DENY;
      default -> throw new IllegalArgumentException("an effect is allow or deny");
    };
  }
}
