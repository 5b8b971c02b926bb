package io.talos.contracts.policy;

import io.talos.contracts.Check;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.principal.Principal;
import java.util.Optional;
import java.util.Set;

/**
 * Who asks, as bindings see them.
 *
 * @param id the principal's id
 * @param groups what every caller of its kind is in, such as {@code agent}
 * @param team the team that the caller belongs to
 * @param org the organisation that the caller belongs to
 */
public record AccessSubject(
    String id, Set<String> groups, Optional<String> team, Optional<String> org) {
  /** Checks and copies. */
  public AccessSubject {
    Check.that(!id.isEmpty(), "a subject has an id");
    Check.atMost(groups.size(), Limits.GROUPS_MAX, "the number of groups");
    groups = Set.copyOf(groups);
  }

  /** Somebody of these groups, without team or organisation. */
  public static AccessSubject of(String id, Set<String> groups) {
    return new AccessSubject(id, groups, Optional.empty(), Optional.empty());
  }

  /** The caller of a request; the roles that authentication gives are the groups. */
  public static AccessSubject of(Principal principal) {
    return new AccessSubject(
        principal.id(),
        principal.roles(),
        principal.team().map(UuidV7::text),
        principal.org().map(UuidV7::text));
  }
}
