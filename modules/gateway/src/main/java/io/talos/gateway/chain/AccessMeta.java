package io.talos.gateway.chain;

import io.talos.contracts.json.Json;
import io.talos.contracts.policy.AccessDecision;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.stream.Collectors;

/** What an audit event says of a decision by roles and bindings. */
final class AccessMeta {
  /** Who the principal is stands in the event itself, where it can be shredded. */
  private static final String PRINCIPAL = "principal_id";

  /** Longest text; the audit event takes a little more. */
  private static final int CHARACTERS_MAX = 1000;

  private AccessMeta() {}

  /** Members for the event's meta. */
  static JsonObjectBuilder of(AccessDecision access) {
    JsonObjectBuilder meta =
        Json.createObjectBuilder()
            .add("authz_reason", access.reason().name())
            .add("permission", access.permission().text())
            .add("policy_version", access.policyVersion())
            .add("scope_type", access.scope().type());
    String attributes =
        access.scope().attributes().entrySet().stream()
            .filter(attribute -> !attribute.getKey().equals(PRINCIPAL))
            .map(attribute -> attribute.getKey() + "=" + attribute.getValue())
            .collect(Collectors.joining(" "));
    if (!attributes.isEmpty()) {
      meta.add("scope", cut(attributes));
    }
    access.effectiveRole().ifPresent(role -> meta.add("role", role));
    access.effectiveBinding().ifPresent(binding -> meta.add("binding", binding));
    several(meta, "matched_roles", access.matchedRoles());
    several(meta, "matched_bindings", access.matchedBindings());
    return meta;
  }

  /** One match is the effective one, which is told already. */
  private static void several(JsonObjectBuilder meta, String name, List<String> ids) {
    if (ids.size() > 1) {
      meta.add(name, cut(String.join(" ", ids)));
    }
  }

  private static String cut(String text) {
    return text.length() <= CHARACTERS_MAX ? text : text.substring(0, CHARACTERS_MAX) + "...";
  }
}
