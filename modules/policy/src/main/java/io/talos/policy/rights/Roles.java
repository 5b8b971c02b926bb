package io.talos.policy.rights;

import io.talos.contracts.Check;
import io.talos.contracts.registry.Registries;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which role permits what. What no role permits is denied; a role that is not known permits
 * nothing.
 */
public final class Roles {
  private final Map<String, List<Permission>> permissions;

  /** Exactly these roles. */
  public Roles(Map<String, List<Permission>> permissions) {
    this.permissions = Map.copyOf(permissions);
  }

  /** The roles of {@code contracts/registry/roles.json}. */
  public static Roles load() {
    Map<String, List<Permission>> permissions = new HashMap<>();
    for (JsonObject role :
        Registries.read("roles").getJsonArray("roles").getValuesAs(JsonObject.class)) {
      List<Permission> patterns =
          role.getJsonArray("permissions").getValuesAs(JsonString.class).stream()
              .map(text -> Permission.parse(text.getString()))
              .toList();
      Check.that(permissions.put(role.getString("role"), patterns) == null, "a role stands once");
    }
    return new Roles(permissions);
  }

  /** The first role in alphabetical order, of those {@code held}, that permits {@code asked}. */
  public Optional<String> permitting(Set<String> held, Permission asked) {
    return held.stream()
        .sorted()
        .filter(
            role ->
                permissions.getOrDefault(role, List.of()).stream().anyMatch(p -> p.covers(asked)))
        .findFirst();
  }
}
