package io.talos.contracts.policy;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.Json;
import io.talos.contracts.policy.Budget.Period;
import io.talos.contracts.registry.Surface.Rate;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The one document that says what may happen beyond the built-in roles: roles, bindings, limits,
 * budgets and tool rules. Schema {@code policy/bundle.v1}; {@link PolicyCheck} says whether its
 * parts fit together.
 *
 * @param json the document as it was written; its digest and its signature are over this
 */
public record PolicyDocument(
    JsonObject json,
    List<PolicyRole> roles,
    List<PolicyBinding> bindings,
    List<SurfaceLimit> limits,
    List<Budget> budgets,
    List<ToolRule> tools) {
  /** The schema of a document. */
  public static final String SCHEMA = "policy/bundle.v1";

  private static final PolicyDocument EMPTY =
      of(
          Json.createObjectBuilder()
              .add("schema_id", "talos.policy_bundle")
              .add("schema_version", "v1")
              .build());

  /** Checks the bounds and copies. */
  public PolicyDocument {
    Check.atMost(roles.size(), Limits.ROLES_MAX, "the number of roles");
    Check.atMost(bindings.size(), Limits.BINDINGS_MAX, "the number of bindings");
    Check.atMost(limits.size(), Limits.LIMITS_MAX, "the number of limits");
    Check.atMost(budgets.size(), Limits.BUDGETS_MAX, "the number of budgets");
    Check.atMost(tools.size(), Limits.TOOL_RULES_MAX, "the number of tool rules");
    roles = List.copyOf(roles);
    bindings = List.copyOf(bindings);
    limits = List.copyOf(limits);
    budgets = List.copyOf(budgets);
    tools = List.copyOf(tools);
  }

  /** A document that says nothing. */
  public static PolicyDocument empty() {
    return EMPTY;
  }

  /** Reads a document that fits its schema. */
  public static PolicyDocument of(JsonObject json) {
    return new PolicyDocument(
        json,
        each(json, "roles", PolicyDocument::role),
        each(json, "bindings", PolicyDocument::binding),
        each(json, "limits", PolicyDocument::limit),
        each(json, "budgets", PolicyDocument::budget),
        each(json, "tools", PolicyDocument::tool));
  }

  /** SHA-256 of the canonical document: its name for signers and histories. */
  public Bytes digest() {
    return Sha256.of(CanonicalJson.encode(json));
  }

  /** The same document with one of its lists replaced. */
  public PolicyDocument with(String list, JsonArray members) {
    return of(Json.createObjectBuilder(json).add(list, members).build());
  }

  private static <T> List<T> each(JsonObject json, String name, Function<JsonObject, T> read) {
    JsonArray list = json.getJsonArray(name);
    return list == null ? List.of() : list.stream().map(JsonValue::asJsonObject).map(read).toList();
  }

  private static PolicyRole role(JsonObject json) {
    return new PolicyRole(
        json.getString("role_id"),
        json.getString("about", ""),
        json.getJsonArray("permissions").getValuesAs(JsonString.class).stream()
            .map(text -> Permission.parse(text.getString()))
            .toList());
  }

  private static PolicyBinding binding(JsonObject json) {
    return new PolicyBinding(
        json.getString("binding_id"),
        subject(json),
        json.getString("role_id"),
        AccessEffect.ofWire(json.getString("effect", "allow")),
        scope(json.getJsonObject("scope")),
        Optional.ofNullable(json.getString("expires_at", null)).map(WireTime::parse));
  }

  private static PolicySubject subject(JsonObject json) {
    JsonObject subject = json.getJsonObject("subject");
    return new PolicySubject(
        PolicySubject.Kind.ofWire(subject.getString("type")), subject.getString("id"));
  }

  private static AccessScope scope(JsonObject json) {
    Map<String, String> attributes = new HashMap<>();
    JsonObject named = json.getJsonObject("attributes");
    if (named != null) {
      named.keySet().forEach(name -> attributes.put(name, named.getString(name)));
    }
    return AccessScope.of(json.getString("scope_type"), attributes);
  }

  private static SurfaceLimit limit(JsonObject json) {
    return new SurfaceLimit(
        json.getString("surface"), new Rate(json.getInt("per_second"), json.getInt("burst")));
  }

  private static Budget budget(JsonObject json) {
    return new Budget(
        json.getString("budget_id"),
        subject(json),
        json.getJsonNumber("limit_micro_usd").longValueExact(),
        Period.ofWire(json.getString("period")));
  }

  private static ToolRule tool(JsonObject json) {
    return new ToolRule(
        json.getString("rule_id"),
        json.getString("server"),
        json.getString("tool"),
        AccessEffect.ofWire(json.getString("effect")),
        json.containsKey("call_price_micro_usd")
            ? OptionalLong.of(json.getJsonNumber("call_price_micro_usd").longValueExact())
            : OptionalLong.empty());
  }
}
