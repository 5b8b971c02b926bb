package io.talos.gateway.chain;

import io.talos.contracts.json.Json;
import io.talos.contracts.policy.AccessDecision;
import jakarta.json.JsonObjectBuilder;
import java.util.List;
import java.util.Optional;

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
    // Of a path the caller chooses the values, so each is told under a name of its own, and the
    // audit module holds it against that name's form.
    access.scope().attributes().entrySet().stream()
        .filter(attribute -> !attribute.getKey().equals(PRINCIPAL))
        .forEach(attribute -> meta.add("scope_" + attribute.getKey(), attribute.getValue()));
    access.effectiveRole().ifPresent(role -> meta.add("role", role));
    access.effectiveBinding().ifPresent(binding -> meta.add("binding", binding));
    several(access.matchedRoles()).ifPresent(ids -> meta.add("matched_roles", ids));
    several(access.matchedBindings()).ifPresent(ids -> meta.add("matched_bindings", ids));
    return meta;
  }

  /** One match is the effective one, which is told already. */
  private static Optional<String> several(List<String> ids) {
    return ids.size() > 1 ? Optional.of(cut(String.join(" ", ids))) : Optional.empty();
  }

  private static String cut(String text) {
    return text.length() <= CHARACTERS_MAX ? text : text.substring(0, CHARACTERS_MAX) + "...";
  }
}
