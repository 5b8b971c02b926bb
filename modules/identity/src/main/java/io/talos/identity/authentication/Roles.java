package io.talos.identity.authentication;

import io.talos.contracts.port.OperatorToken;
import java.util.Set;

/** Which roles a caller holds by the kind of its credential. */
public final class Roles {
  /** Every agent that signed its request. */
  public static final Set<String> AGENT = Set.of("agent");

  /** Every holder of a virtual key. */
  public static final Set<String> CLIENT = Set.of("client");

  private static final String OPERATOR = "operator";

  private Roles() {}

  /** An operator's roles: the token's group {@code operator} is the role; other groups are none. */
  public static Set<String> of(OperatorToken token) {
    return token.groups().contains(OPERATOR) ? Set.of(OPERATOR) : Set.of();
  }
}
