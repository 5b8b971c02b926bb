package io.talos.contracts.principal;

import java.util.Locale;

/** What sort of caller a principal is. */
public enum PrincipalKind {
  /** An autonomous agent, named by its DID. */
  AGENT,
  /** A program with a virtual key. */
  CLIENT,
  /** A person or automation with a JSON Web Token of the operators' identity provider. */
  OPERATOR,
  /** Talos itself: a timer, a start-up step. */
  SYSTEM,
  /** Somebody who did not say who they are. */
  ANONYMOUS;

  /** The name on the wire. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
