package io.talos.contracts.policy;

import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.policy.PolicyProblem.Kind;
import io.talos.contracts.registry.ScopeTemplate;
import io.talos.contracts.registry.Surface;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Says everything that is wrong with a policy document: against its schema first, and when it fits,
 * whether its parts fit together and to the server that they are for. At most {@link
 * Limits#PROBLEMS_MAX} problems.
 */
public final class PolicyCheck {
  private static final Permission PUBLISH = Permission.parse("policy:bundle:publish");

  private final SchemaLibrary schemas;
  private final List<Surface> surfaces;
  private final BuiltInPolicy builtIn;
  private final Set<String> builtInRoles = new HashSet<>();

  /** A check for a server with these surfaces and built-in roles. */
  public PolicyCheck(SchemaLibrary schemas, List<Surface> surfaces, BuiltInPolicy builtIn) {
    this.schemas = schemas;
    this.surfaces = List.copyOf(surfaces);
    this.builtIn = builtIn;
    builtIn.roles().forEach(role -> builtInRoles.add(role.id()));
  }

  /** The problems of {@code json}, in the order of the document's lists. */
  public List<PolicyProblem> problems(JsonObject json, Instant now) {
    List<PolicyProblem> problems = new ArrayList<>();
    for (SchemaLibrary.Violation v : schemas.violations(PolicyDocument.SCHEMA, json)) {
      problems.add(new PolicyProblem(Kind.SCHEMA, v.pointer(), v.keyword() + ": " + v.message()));
    }
    if (problems.isEmpty()) {
      try {
        check(PolicyDocument.of(json), now, problems);
      } catch (TalosException e) {
        // Every text fits its pattern; a time may still name a day that no month has.
        problems.add(new PolicyProblem(Kind.TIME, "/bindings", "an expires_at is no time"));
      }
    }
    return problems.size() <= Limits.PROBLEMS_MAX
        ? problems
        : List.copyOf(problems.subList(0, Limits.PROBLEMS_MAX));
  }

  /** Whether a document with these problems may be published. */
  public static boolean isUsable(List<PolicyProblem> problems) {
    return problems.stream().noneMatch(p -> p.kind().isError());
  }

  private void check(PolicyDocument document, Instant now, List<PolicyProblem> problems) {
    unique("/roles", "role_id", document.roles(), PolicyRole::id, problems);
    unique("/bindings", "binding_id", document.bindings(), PolicyBinding::id, problems);
    unique("/limits", "surface", document.limits(), SurfaceLimit::surface, problems);
    unique("/budgets", "budget_id", document.budgets(), Budget::id, problems);
    unique("/tools", "rule_id", document.tools(), ToolRule::id, problems);
    roles(document, problems);
    bindings(document, now, problems);
    limits(document, problems);
    for (int i = 0; i < document.budgets().size(); i++) {
      subject(document.budgets().get(i).subject(), "/budgets/" + i, problems);
    }
    tools(document, problems);
    if (isUsable(problems)) {
      lockout(document, now, problems);
    }
  }

  private static <T> void unique(
      String list, String id, List<T> entries, Function<T, String> of, List<PolicyProblem> into) {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < entries.size(); i++) {
      if (!seen.add(of.apply(entries.get(i)))) {
        into.add(
            new PolicyProblem(Kind.DUPLICATE_ID, list + "/" + i + "/" + id, "it stands twice"));
      }
    }
  }

  private void roles(PolicyDocument document, List<PolicyProblem> problems) {
    for (int i = 0; i < document.roles().size(); i++) {
      PolicyRole role = document.roles().get(i);
      String place = "/roles/" + i;
      if (builtInRoles.contains(role.id())) {
        problems.add(
            new PolicyProblem(
                Kind.ROLE_BUILT_IN, place + "/role_id", "a built-in role cannot be changed"));
      }
      for (int j = 0; j < role.permissions().size(); j++) {
        permission(role.permissions().get(j), place + "/permissions/" + j, problems);
      }
    }
  }

  private void permission(Permission permission, String place, List<PolicyProblem> problems) {
    if (permission.segments().stream().allMatch(s -> s.equals("*"))) {
      problems.add(
          new PolicyProblem(Kind.PERMITS_EVERYTHING, place, "it permits everything there is"));
    } else if (surfaces.stream()
        .filter(s -> !s.permission().isEmpty())
        .noneMatch(s -> permission.covers(Permission.parse(s.permission())))) {
      problems.add(
          new PolicyProblem(
              Kind.PERMISSION_UNUSED, place, "no surface of this server asks for it"));
    }
  }

  private void bindings(PolicyDocument document, Instant now, List<PolicyProblem> problems) {
    Set<String> roles = new HashSet<>(builtInRoles);
    document.roles().forEach(role -> roles.add(role.id()));
    for (int i = 0; i < document.bindings().size(); i++) {
      PolicyBinding binding = document.bindings().get(i);
      String place = "/bindings/" + i;
      if (!roles.contains(binding.roleId())) {
        problems.add(
            new PolicyProblem(Kind.ROLE_UNKNOWN, place + "/role_id", "there is no such role"));
      }
      subject(binding.subject(), place, problems);
      scope(binding.scope(), place + "/scope", problems);
      if (!binding.isInForce(now)) {
        problems.add(
            new PolicyProblem(Kind.EXPIRED, place + "/expires_at", "it is no longer in force"));
      }
    }
  }

  private static void subject(PolicySubject subject, String place, List<PolicyProblem> problems) {
    boolean named =
        subject.kind() == PolicySubject.Kind.TEAM || subject.kind() == PolicySubject.Kind.ORG;
    if (named && !isUuid(subject.id())) {
      problems.add(
          new PolicyProblem(Kind.SUBJECT_ID, place + "/subject/id", "it is no UUID version 7"));
    }
  }

  private static boolean isUuid(String text) {
    try {
      return new UuidV7(text).text().equals(text);
    } catch (TalosException | IllegalArgumentException e) {
      return false;
    }
  }

  private void scope(AccessScope scope, String place, List<PolicyProblem> problems) {
    if (scope.isEverything() != scope.attributes().isEmpty()) {
      problems.add(
          new PolicyProblem(
              Kind.SCOPE_ATTRIBUTES,
              place + "/attributes",
              scope.isEverything()
                  ? "a global scope has no attributes"
                  : "a scope without attributes reaches nothing"));
    } else if (!scope.isEverything() && !isUsed(scope)) {
      problems.add(
          new PolicyProblem(
              Kind.SCOPE_UNUSED, place, "no surface of this server has such a scope"));
    }
  }

  private boolean isUsed(AccessScope scope) {
    return scope.type().equals(AccessScope.ORG)
        || scope.type().equals(AccessScope.TEAM)
        || surfaces.stream().flatMap(s -> s.scope().stream()).anyMatch(t -> isOf(scope, t));
  }

  private static boolean isOf(AccessScope scope, ScopeTemplate template) {
    return template.type().equals(scope.type())
        && template.attributes().keySet().containsAll(scope.attributes().keySet());
  }

  private void limits(PolicyDocument document, List<PolicyProblem> problems) {
    Set<String> limited = new HashSet<>();
    surfaces.stream().filter(s -> s.anonymous().isEmpty()).forEach(s -> limited.add(s.id()));
    for (int i = 0; i < document.limits().size(); i++) {
      if (!limited.contains(document.limits().get(i).surface())) {
        problems.add(
            new PolicyProblem(
                Kind.SURFACE_UNKNOWN, "/limits/" + i + "/surface", "no such surface has a limit"));
      }
    }
  }

  private static void tools(PolicyDocument document, List<PolicyProblem> problems) {
    for (int i = 0; i < document.tools().size(); i++) {
      ToolRule rule = document.tools().get(i);
      if (rule.effect() == AccessEffect.DENY && rule.callPriceMicroUsd().isPresent()) {
        problems.add(
            new PolicyProblem(
                Kind.PRICE_OF_DENY,
                "/tools/" + i + "/call_price_micro_usd",
                "what is forbidden costs nothing"));
      }
    }
  }

  /** An operator must be left who can mend the policy. */
  private void lockout(PolicyDocument document, Instant now, List<PolicyProblem> problems) {
    List<PolicyRole> roles = new ArrayList<>(builtIn.roles());
    roles.addAll(document.roles());
    List<PolicyBinding> bindings = new ArrayList<>(builtIn.bindings());
    bindings.addAll(document.bindings());
    AccessDecision decision =
        AccessRules.of(0, roles, bindings)
            .decide(
                AccessSubject.of("operator:", Set.of(BuiltInPolicy.OPERATORS)),
                PUBLISH,
                AccessScope.everything(),
                now);
    if (decision.allowed()) {
      return;
    }
    for (int i = 0; i < document.bindings().size(); i++) {
      if (decision.effectiveBinding().filter(document.bindings().get(i).id()::equals).isPresent()) {
        problems.add(
            new PolicyProblem(
                Kind.LOCKOUT, "/bindings/" + i, "no operator could publish a policy any more"));
      }
    }
  }
}
