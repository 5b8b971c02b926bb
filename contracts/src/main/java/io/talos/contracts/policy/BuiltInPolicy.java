package io.talos.contracts.policy;

import io.talos.contracts.policy.PolicySubject.Kind;
import io.talos.contracts.registry.Registries;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;

/**
 * The roles that Talos brings along, and the bindings that give them to the groups of the same
 * names. They are always in force: a document may add to them or forbid, never change them.
 *
 * @param roles in the order of {@code contracts/registry/roles.json}
 * @param bindings one for each role
 */
public record BuiltInPolicy(List<PolicyRole> roles, List<PolicyBinding> bindings) {
  /** What the ids of built-in bindings start with; no id in a document may hold a colon. */
  public static final String BINDING_PREFIX = "builtin:";

  /** The group of those who run the server. */
  public static final String OPERATORS = "operator";

  /** Copies. */
  public BuiltInPolicy {
    roles = List.copyOf(roles);
    bindings = List.copyOf(bindings);
  }

  /** What the registry says. */
  public static BuiltInPolicy load() {
    List<PolicyRole> roles =
        Registries.read("roles").getJsonArray("roles").getValuesAs(JsonObject.class).stream()
            .map(BuiltInPolicy::role)
            .toList();
    return new BuiltInPolicy(roles, roles.stream().map(BuiltInPolicy::binding).toList());
  }

  private static PolicyRole role(JsonObject json) {
    return new PolicyRole(
        json.getString("role"),
        json.getString("about"),
        json.getJsonArray("permissions").getValuesAs(JsonString.class).stream()
            .map(text -> Permission.parse(text.getString()))
            .toList());
  }

  private static PolicyBinding binding(PolicyRole role) {
    return PolicyBinding.allow(
        BINDING_PREFIX + role.id(),
        new PolicySubject(Kind.GROUP, role.id()),
        role.id(),
        AccessScope.everything());
  }
}
