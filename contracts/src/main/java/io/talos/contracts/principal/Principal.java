package io.talos.contracts.principal;

import io.talos.contracts.Check;
import java.util.Set;

/**
 * Who is calling, after authentication.
 *
 * @param kind what sort of caller
 * @param id a DID for an agent, {@code key:<uuid>} for a virtual key, {@code operator:<subject>}
 *     for an operator; 1 to 255 characters
 * @param roles names of the roles that the caller holds
 * @param mode how the caller proved it
 */
public record Principal(PrincipalKind kind, String id, Set<String> roles, AuthMode mode) {
  /** Longest id in characters. */
  public static final int ID_CHARACTERS_MAX = 255;

  private static final Principal ANONYMOUS =
      new Principal(PrincipalKind.ANONYMOUS, "anonymous", Set.of(), AuthMode.ANONYMOUS);
  private static final Principal SYSTEM =
      new Principal(PrincipalKind.SYSTEM, "system", Set.of(), AuthMode.ANONYMOUS);

  /** Checks and copies. */
  public Principal {
    Check.that(!id.isBlank(), "a principal has an id");
    Check.atMost(id.length(), ID_CHARACTERS_MAX, "the id's length");
    roles = Set.copyOf(roles);
  }

  /** Nobody in particular. */
  public static Principal anonymous() {
    return ANONYMOUS;
  }

  /** Talos itself. */
  public static Principal system() {
    return SYSTEM;
  }
}
