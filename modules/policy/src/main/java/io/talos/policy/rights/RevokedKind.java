package io.talos.policy.rights;

import java.util.Locale;

/** What a revoked id is the id of. */
public enum RevokedKind {
  /** A link of a capability. */
  LINK,
  /** A signing key. */
  KEY;

  /** The name on the wire and in the table. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
