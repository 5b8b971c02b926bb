package io.talos.contracts.interop;

import io.talos.contracts.policy.AccessDecision;
import io.talos.contracts.policy.AccessRules;
import io.talos.contracts.policy.AccessScope;
import io.talos.contracts.policy.AccessSubject;
import io.talos.contracts.policy.Permission;
import io.talos.contracts.policy.PolicyBinding;
import io.talos.contracts.policy.PolicyRole;
import io.talos.contracts.policy.PolicySubject;
import io.talos.contracts.policy.PolicySubject.Kind;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Roles, bindings and scopes as Talos 1.x writes them, decided by the rules of today.
 *
 * <p>Permissions have two parts, joined by a dot or a colon. A scope is either {@code {scope_type,
 * attributes}} or one flat object with a {@code type}.
 */
public final class V1Access {
  private V1Access() {}

  /** Reads {@code keys.write}, {@code keys:write} or {@code keys.*}. */
  public static Permission permission(String text) {
    return Permission.parse(text.replace('.', ':'));
  }

  /** Reads either form of a scope. */
  public static AccessScope scope(JsonObject json) {
    boolean nested = json.containsKey("scope_type");
    JsonObject named = nested ? json.getJsonObject("attributes") : json;
    Map<String, String> attributes = new HashMap<>();
    for (String name : named.keySet()) {
      if (nested || !name.equals("type")) {
        attributes.put(name, named.getString(name));
      }
    }
    return AccessScope.of(json.getString(nested ? "scope_type" : "type"), attributes);
  }

  /**
   * Decides about a principal's bindings.
   *
   * @param roles by id the permissions
   * @param bindings each with {@code role_id} and {@code scope}
   */
  public static AccessDecision decide(
      String principalId,
      JsonObject roles,
      JsonArray bindings,
      Permission asked,
      AccessScope scope) {
    List<PolicyRole> known = new ArrayList<>();
    for (String id : roles.keySet()) {
      known.add(new PolicyRole(id, "", permissions(roles.getJsonArray(id))));
    }
    PolicySubject subject = new PolicySubject(Kind.PRINCIPAL, principalId);
    List<PolicyBinding> given = new ArrayList<>();
    for (JsonObject binding : bindings.getValuesAs(JsonObject.class)) {
      given.add(
          PolicyBinding.allow(
              "binding-" + given.size(),
              subject,
              binding.getString("role_id"),
              scope(binding.getJsonObject("scope"))));
    }
    return AccessRules.of(0, known, given)
        .decide(AccessSubject.of(principalId, Set.of()), asked, scope, Instant.EPOCH);
  }

  /**
   * Whether an identity with a list of {@code scopes} may do a thing anywhere; one that is not
   * active holds none.
   */
  public static AccessDecision decide(JsonObject identity, Permission asked) {
    String id = identity.getString("principal_id");
    boolean active = identity.getString("status", "active").equals("active");
    JsonArray scopes = identity.getJsonArray("scopes");
    List<PolicyRole> roles = new ArrayList<>();
    List<PolicyBinding> bindings = new ArrayList<>();
    if (active && scopes != null) {
      roles.add(new PolicyRole("own", "", permissions(scopes)));
      bindings.add(
          PolicyBinding.allow(
              "own", new PolicySubject(Kind.PRINCIPAL, id), "own", AccessScope.everything()));
    }
    return AccessRules.of(0, roles, bindings)
        .decide(AccessSubject.of(id, Set.of()), asked, AccessScope.everything(), Instant.EPOCH);
  }

  private static List<Permission> permissions(JsonArray texts) {
    return texts.getValuesAs(JsonString.class).stream()
        .map(text -> permission(text.getString()))
        .toList();
  }
}
