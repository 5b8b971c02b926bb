package io.talos.contracts.principal;

import io.talos.contracts.Check;
import io.talos.contracts.id.UuidV7;
import java.util.Optional;
import java.util.Set;

/**
 * Who is calling, after authentication.
 *
 * @param kind what sort of caller
 * @param id a DID for an agent, {@code key:<uuid>} for a virtual key, {@code operator:<subject>}
 *     for an operator; 1 to 255 characters
 * @param roles names of the roles that the caller holds
 * @param mode how the caller proved it
 * @param team the team that the caller belongs to
 * @param org the organisation that the team belongs to; present whenever the team is
 */
public record Principal(
    PrincipalKind kind,
    String id,
    Set<String> roles,
    AuthMode mode,
    Optional<UuidV7> team,
    Optional<UuidV7> org) {
  /** Longest id in characters. */
  public static final int ID_CHARACTERS_MAX = 255;

  /** What the id of a virtual key begins with; its UUID follows. */
  public static final String CLIENT_PREFIX = "key:";

  /** What the id of an operator begins with; the subject of its token follows. */
  public static final String OPERATOR_PREFIX = "operator:";

  private static final Principal ANONYMOUS =
      new Principal(PrincipalKind.ANONYMOUS, "anonymous", Set.of(), AuthMode.ANONYMOUS);
  private static final Principal SYSTEM =
      new Principal(PrincipalKind.SYSTEM, "system", Set.of(), AuthMode.ANONYMOUS);

  /** Checks and copies. */
  public Principal {
    Check.that(!id.isBlank(), "a principal has an id");
    Check.atMost(id.length(), ID_CHARACTERS_MAX, "the id's length");
    roles = Set.copyOf(roles);
    Check.that(team.isEmpty() || org.isPresent(), "a team belongs to an organisation");
  }

  /** A caller who belongs to no team. */
  public Principal(PrincipalKind kind, String id, Set<String> roles, AuthMode mode) {
    this(kind, id, roles, mode, Optional.empty(), Optional.empty());
  }

  /** The same caller as a member of a team of an organisation. */
  public Principal in(UuidV7 memberTeam, UuidV7 memberOrg) {
    return new Principal(kind, id, roles, mode, Optional.of(memberTeam), Optional.of(memberOrg));
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
