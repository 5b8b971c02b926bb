package io.talos.contracts.policy;

import io.talos.contracts.Check;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A named set of permissions.
 *
 * @param id what bindings call it
 * @param about for people
 * @param permissions exact ones and patterns
 */
public record PolicyRole(String id, String about, List<Permission> permissions) {
  /** Checks and copies. */
  public PolicyRole {
    Check.that(!id.isEmpty(), "a role has an id");
    Check.atMost(permissions.size(), Limits.PERMISSIONS_MAX, "the number of permissions");
    permissions = List.copyOf(permissions);
  }

  /** Whether one of the permissions covers {@code asked}. */
  public boolean covers(Permission asked) {
    return permissions.stream().anyMatch(p -> p.covers(asked));
  }

  /** The permissions that are no patterns. */
  Set<Permission> exact() {
    Set<Permission> exact = new HashSet<>(permissions);
    exact.removeIf(Permission::isPattern);
    return exact;
  }

  /** The permissions that are patterns. */
  List<Permission> patterns() {
    return permissions.stream().filter(Permission::isPattern).toList();
  }
}
