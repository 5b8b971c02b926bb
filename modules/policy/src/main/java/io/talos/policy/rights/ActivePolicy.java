package io.talos.policy.rights;

import io.talos.contracts.policy.AccessDecision;
import io.talos.contracts.policy.AccessRules;
import io.talos.contracts.policy.AccessScope;
import io.talos.contracts.policy.AccessSubject;
import io.talos.contracts.policy.BuiltInPolicy;
import io.talos.contracts.policy.Permission;
import io.talos.contracts.policy.PolicyBinding;
import io.talos.contracts.policy.PolicyDocument;
import io.talos.contracts.policy.PolicyRole;
import io.talos.contracts.policy.SurfaceLimit;
import io.talos.contracts.policy.ToolRules;
import io.talos.contracts.port.AccessControl.Question;
import io.talos.contracts.port.AccessControl.ToolCall;
import io.talos.contracts.registry.Surface;
import io.talos.contracts.registry.Surface.Rate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One version of the policy, compiled: the built-in roles and what the document says. Immutable; a
 * decision reads nothing else.
 */
public final class ActivePolicy {
  private final long version;
  private final PolicyDocument document;
  private final String digest;
  private final AccessRules rules;
  private final ToolRules tools;
  private final Map<String, Rate> rates;
  private final Map<String, Permission> permissions;

  private ActivePolicy(
      long version,
      PolicyDocument document,
      AccessRules rules,
      Map<String, Rate> rates,
      Map<String, Permission> permissions) {
    this.version = version;
    this.document = document;
    this.digest = document.digest().hex();
    this.rules = rules;
    this.tools = new ToolRules(document.tools());
    this.rates = Map.copyOf(rates);
    this.permissions = Map.copyOf(permissions);
  }

  /**
   * Compiles.
   *
   * @param version 0 when no document was ever published
   * @param surfaces everything that may be asked for
   */
  public static ActivePolicy of(
      long version, BuiltInPolicy builtIn, PolicyDocument document, List<Surface> surfaces) {
    List<PolicyRole> roles = new ArrayList<>(builtIn.roles());
    roles.addAll(document.roles());
    List<PolicyBinding> bindings = new ArrayList<>(builtIn.bindings());
    bindings.addAll(document.bindings());
    Map<String, Rate> rates = new HashMap<>();
    for (SurfaceLimit limit : document.limits()) {
      rates.put(limit.surface(), limit.rate());
    }
    Map<String, Permission> permissions = new HashMap<>();
    for (Surface surface : surfaces) {
      if (!surface.permission().isEmpty()) {
        permissions.put(surface.permission(), Permission.parse(surface.permission()));
      }
    }
    return new ActivePolicy(
        version, document, AccessRules.of(version, roles, bindings), rates, permissions);
  }

  /** Its number; 0 is Talos as it ships. */
  public long version() {
    return version;
  }

  /**
   * Whether there is nothing to learn from a version: it is older than this one, or this one.
   *
   * @param otherDigest of its document, in hex
   */
  public boolean covers(long other, String otherDigest) {
    return other < version || (other == version && otherDigest.equals(digest));
  }

  /** What was published. */
  public PolicyDocument document() {
    return document;
  }

  /** Roles and bindings, for questions that are about no surface. */
  public AccessRules rules() {
    return rules;
  }

  /** Which tools may be called, and for how much. */
  public ToolRules tools() {
    return tools;
  }

  /** The surface with the fine limit that is in force. */
  public Surface limited(Surface surface) {
    Rate rate = rates.get(surface.id());
    return rate == null ? surface : surface.withRate(rate);
  }

  /** What roles and bindings say of a request. */
  public AccessDecision decide(Question question) {
    Permission asked = permissions.get(question.surface().permission());
    return rules.decide(
        AccessSubject.of(question.principal()),
        asked == null ? Permission.parse(question.surface().permission()) : asked,
        scope(question),
        question.now());
  }

  private static AccessScope scope(Question question) {
    return question
        .surface()
        .scope()
        .map(template -> AccessScope.of(template.type(), template.fill(p -> value(question, p))))
        .orElseGet(AccessScope::everything);
  }

  private static @Nullable String value(Question question, String place) {
    return switch (place) {
      case "call.tool" -> question.call().flatMap(ToolCall::tool).orElse(null);
      case "principal.id" -> question.principal().id();
      default -> question.pathParameters().get(place);
    };
  }
}
