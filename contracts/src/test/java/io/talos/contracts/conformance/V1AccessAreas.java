package io.talos.contracts.conformance;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.interop.V1Access;
import io.talos.contracts.json.Json;
import io.talos.contracts.policy.AccessDecision;
import io.talos.contracts.policy.AccessRules;
import io.talos.contracts.policy.AccessScope;
import io.talos.contracts.policy.AccessSubject;
import io.talos.contracts.policy.Permission;
import io.talos.contracts.policy.PolicyBinding;
import io.talos.contracts.policy.PolicyRole;
import io.talos.contracts.policy.PolicySubject;
import io.talos.contracts.policy.PolicySubject.Kind;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Areas about who may do what. */
public final class V1AccessAreas {
  private static final Permission ASKED = Permission.parse("any:thing");

  private V1AccessAreas() {}

  /** Which binding scope reaches a request's, and how closely. */
  public static final class ScopeMatch implements AreaRunner {
    @Override
    public String area() {
      return "rbac-scope-match";
    }

    @Override
    public Outcome run(JsonObject input) {
      AccessScope required = V1Access.scope(input.getJsonObject("required"));
      return switch (input.getString("op")) {
        case "match" -> match(V1Access.scope(input.getJsonObject("binding")), required);
        case "select" -> select(input, required);
        default -> throw Outcome.unknown(input.getString("op"));
      };
    }

    private static Outcome match(AccessScope binding, AccessScope required) {
      int specificity = binding.specificity(required);
      boolean matches = specificity != AccessScope.NO_MATCH;
      return Outcome.accepted()
          .as(matches)
          .with("match", matches)
          .with("specificity", Math.max(0, specificity));
    }

    private static Outcome select(JsonObject input, AccessScope required) {
      PolicySubject alice = new PolicySubject(Kind.PRINCIPAL, "alice");
      List<PolicyBinding> bindings =
          input.getJsonArray("bindings").getValuesAs(JsonObject.class).stream()
              .map(
                  b ->
                      PolicyBinding.allow(
                          b.getString("binding_id"),
                          alice,
                          "any",
                          V1Access.scope(b.getJsonObject("scope"))))
              .toList();
      AccessDecision decision =
          AccessRules.of(0, List.of(new PolicyRole("any", "", List.of(ASKED))), bindings)
              .decide(AccessSubject.of("alice", Set.of()), ASKED, required, Instant.EPOCH);
      JsonArrayBuilder matched = Json.createArrayBuilder();
      decision.matchedBindings().forEach(matched::add);
      int specificity =
          bindings.stream()
              .filter(b -> decision.effectiveBinding().equals(Optional.of(b.id())))
              .mapToInt(b -> b.scope().specificity(required))
              .findFirst()
              .orElse(0);
      return Outcome.accepted()
          .as(decision.allowed())
          .with(
              "binding_id",
              decision
                  .effectiveBinding()
                  .map(id -> (JsonValue) Json.createValue(id))
                  .orElse(JsonValue.NULL))
          .with("specificity", specificity)
          .with("matched", matched.build());
    }
  }

  /** Allow or deny. */
  public static final class Enforcement implements AreaRunner {
    @Override
    public String area() {
      return "rbac-enforcement";
    }

    @Override
    public Outcome run(JsonObject input) {
      return switch (input.getString("op")) {
        case "authorize" ->
            outcome(
                V1Access.decide(
                    input.getString("principal_id"),
                    input.getJsonObject("roles"),
                    input.getJsonArray("bindings"),
                    V1Access.permission(input.getString("required_permission")),
                    V1Access.scope(input.getJsonObject("required_scope"))));
        case "deny-by-default" -> byDefault(input);
        default -> throw Outcome.unknown(input.getString("op"));
      };
    }

    private static Outcome byDefault(JsonObject input) {
      Permission action = V1Access.permission(input.getString("action"));
      if (input.get("identity") instanceof JsonObject identity) {
        return outcome(V1Access.decide(identity, action));
      }
      return outcome(
          AccessRules.of(0, List.of(), List.of())
              .decide(
                  AccessSubject.of("anonymous", Set.of()),
                  action,
                  AccessScope.everything(),
                  Instant.EPOCH));
    }

    private static Outcome outcome(AccessDecision decision) {
      Outcome outcome =
          decision.allowed()
              ? Outcome.accepted()
              : Outcome.refused(ErrorCode.RBAC_DENIED, decision.reason().name());
      return outcome.with("allowed", decision.allowed());
    }
  }
}
