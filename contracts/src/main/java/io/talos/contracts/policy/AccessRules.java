package io.talos.contracts.policy;

import io.talos.contracts.Check;
import io.talos.contracts.did.Did;
import io.talos.contracts.policy.PolicySubject.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Roles and bindings, compiled. The same question has the same answer whatever the order in which
 * they were given: denied by default; a binding that forbids beats every one that permits; the
 * closest binding is named as the effective one, and of equally close ones the smallest id.
 *
 * <p>Immutable. The time that a decision takes grows with the bindings of the subject, not with
 * those of everybody.
 */
public final class AccessRules {
  private static final Rule[] NONE = {};

  private final long version;
  private final Map<PolicySubject, Rule[]> rules;
  private final boolean anyExpires;

  /**
   * A binding beside its role.
   *
   * @param scope the binding's, without aliases
   * @param role nothing when the binding names a role that is not there
   */
  private record Rule(PolicyBinding binding, AccessScope scope, @Nullable CompiledRole role) {}

  private record CompiledRole(Set<Permission> exact, List<Permission> patterns) {
    static CompiledRole of(PolicyRole role) {
      return new CompiledRole(role.exact(), role.patterns());
    }

    boolean covers(Permission asked) {
      if (exact.contains(asked)) {
        return true;
      }
      for (int i = 0; i < patterns.size(); i++) {
        if (patterns.get(i).covers(asked)) {
          return true;
        }
      }
      return false;
    }
  }

  private AccessRules(long version, Map<PolicySubject, Rule[]> rules, boolean anyExpires) {
    this.version = version;
    this.rules = rules;
    this.anyExpires = anyExpires;
  }

  /**
   * Compiles. Ids of roles and of bindings are unique.
   *
   * @param version what decisions say they rest on
   */
  public static AccessRules of(
      long version, Collection<PolicyRole> roles, Collection<PolicyBinding> bindings) {
    Map<String, CompiledRole> byId = new HashMap<>();
    for (PolicyRole role : roles) {
      Check.that(byId.put(role.id(), CompiledRole.of(role)) == null, "a role stands once");
    }
    Set<String> seen = new HashSet<>();
    Map<PolicySubject, List<Rule>> grouped = new HashMap<>();
    for (PolicyBinding binding : bindings) {
      Check.that(seen.add(binding.id()), "a binding stands once");
      grouped
          .computeIfAbsent(unaliased(binding.subject()), s -> new ArrayList<>())
          .add(new Rule(binding, binding.scope().unaliased(), byId.get(binding.roleId())));
    }
    Map<PolicySubject, Rule[]> rules = new HashMap<>();
    grouped.forEach((subject, list) -> rules.put(subject, list.toArray(NONE)));
    return new AccessRules(
        version, rules, bindings.stream().anyMatch(b -> b.expiresAt().isPresent()));
  }

  private static PolicySubject unaliased(PolicySubject subject) {
    return subject.kind() == Kind.PRINCIPAL
        ? new PolicySubject(Kind.PRINCIPAL, Did.unaliased(subject.id()))
        : subject;
  }

  /** The version that decisions name. */
  public long version() {
    return version;
  }

  /**
   * What the rules say of {@code subject} asking for {@code asked} within {@code scope}. By which
   * of its names an agent is called makes no difference, here or in a binding.
   */
  public AccessDecision decide(
      AccessSubject subject, Permission asked, AccessScope scope, Instant now) {
    Hearing hearing = new Hearing(asked, scope.unaliased(), now);
    hearing.hear(Kind.PRINCIPAL, Did.unaliased(subject.id()));
    for (String group : subject.groups()) {
      hearing.hear(Kind.GROUP, group);
    }
    if (subject.team().isPresent()) {
      hearing.hear(Kind.TEAM, subject.team().get());
    }
    if (subject.org().isPresent()) {
      hearing.hear(Kind.ORG, subject.org().get());
    }
    return hearing.decision();
  }

  /** One question being answered: what has been heard so far. */
  private final class Hearing {
    private final Permission asked;
    private final AccessScope scope;
    private final Instant now;
    private final List<Rule> matched = new ArrayList<>(2);
    private @Nullable Rule closest;
    private int closeness;
    private boolean bound;
    private boolean covered;
    private boolean roleMissing;
    private boolean denied;

    Hearing(Permission asked, AccessScope scope, Instant now) {
      this.asked = asked;
      this.scope = scope;
      this.now = now;
    }

    void hear(Kind kind, String id) {
      Rule[] own = rules.getOrDefault(new PolicySubject(kind, id), NONE);
      for (Rule rule : own) {
        if (!anyExpires || rule.binding().isInForce(now)) {
          hear(rule);
        }
      }
    }

    private void hear(Rule rule) {
      bound = true;
      boolean forbids = rule.binding().effect() == AccessEffect.DENY;
      CompiledRole role = rule.role();
      if (role == null) {
        roleMissing = true;
        if (!forbids) {
          return;
        }
        // What a missing role would forbid is not known, so it forbids everything in its scope.
      } else if (!role.covers(asked)) {
        return;
      }
      covered = true;
      int specificity = rule.scope().specificity(scope);
      if (specificity == AccessScope.NO_MATCH) {
        return;
      }
      matched.add(rule);
      if (forbids && !denied) {
        denied = true;
        closest = null;
      }
      if (forbids == denied && isCloser(rule, specificity)) {
        closest = rule;
        closeness = specificity;
      }
    }

    private boolean isCloser(Rule rule, int specificity) {
      return closest == null
          || specificity > closeness
          || (specificity == closeness
              && rule.binding().id().compareTo(closest.binding().id()) < 0);
    }

    AccessDecision decision() {
      Optional<PolicyBinding> effective = Optional.ofNullable(closest).map(Rule::binding);
      return new AccessDecision(
          closest != null && !denied,
          reason(),
          asked,
          scope,
          ids(PolicyBinding::id),
          ids(PolicyBinding::roleId),
          effective.map(PolicyBinding::id),
          effective.map(PolicyBinding::roleId),
          version);
    }

    private AccessReason reason() {
      if (closest != null) {
        return denied ? deniedBecause() : AccessReason.RBAC_PERMISSION_ALLOWED;
      }
      if (!bound) {
        return AccessReason.RBAC_BINDING_NOT_FOUND;
      }
      if (covered) {
        return AccessReason.RBAC_SCOPE_MISMATCH;
      }
      return roleMissing ? AccessReason.RBAC_ROLE_NOT_FOUND : AccessReason.RBAC_PERMISSION_DENIED;
    }

    private AccessReason deniedBecause() {
      return closest != null && closest.role() == null
          ? AccessReason.RBAC_ROLE_NOT_FOUND
          : AccessReason.RBAC_EXPLICITLY_DENIED;
    }

    private List<String> ids(Function<PolicyBinding, String> of) {
      if (matched.size() == 1) {
        return List.of(of.apply(matched.get(0).binding()));
      }
      return matched.stream()
          .map(rule -> of.apply(rule.binding()))
          .distinct()
          .sorted(Comparator.naturalOrder())
          .toList();
    }
  }
}
