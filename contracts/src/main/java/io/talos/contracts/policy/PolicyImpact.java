package io.talos.contracts.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A dry run: who would gain or lose what if one document took the place of another. It asks both,
 * for every subject and every scope that either names, for every permission that there is.
 *
 * <p>A subject is asked about as one of its kind: an agent is in the group {@code agent}, and
 * nothing is known of teams. An attribute {@code *} is asked about with a value that nothing else
 * names. It decides at most {@link Limits#IMPACT_DECISIONS_MAX} times and lists at most {@link
 * Limits#IMPACTS_MAX} changes each way; beyond that it is {@code truncated}.
 *
 * @param gained what is denied now and would be allowed
 * @param lost what is allowed now and would be denied
 */
public record PolicyImpact(List<Change> gained, List<Change> lost, boolean truncated) {
  private static final String ANY = "*";
  private static final String SOMETHING = "talos-something-else";

  /**
   * One right.
   *
   * @param after the decision after the change
   */
  public record Change(PolicySubject subject, AccessDecision before, AccessDecision after) {}

  /** Copies. */
  public PolicyImpact {
    gained = List.copyOf(gained);
    lost = List.copyOf(lost);
  }

  /** One side of a comparison. */
  public record Side(AccessRules rules, List<PolicyBinding> bindings) {}

  /** Compares. */
  public static PolicyImpact of(
      Side before, Side after, Collection<Permission> permissions, Instant now) {
    Map<PolicySubject, Set<AccessScope>> questions = new LinkedHashMap<>();
    collect(before.bindings(), questions);
    collect(after.bindings(), questions);
    List<Change> gained = new ArrayList<>();
    List<Change> lost = new ArrayList<>();
    int decisions = 0;
    for (Map.Entry<PolicySubject, Set<AccessScope>> entry : questions.entrySet()) {
      AccessSubject subject = subject(entry.getKey());
      for (AccessScope scope : entry.getValue()) {
        for (Permission asked : permissions) {
          decisions++;
          if (decisions > Limits.IMPACT_DECISIONS_MAX
              || gained.size() >= Limits.IMPACTS_MAX
              || lost.size() >= Limits.IMPACTS_MAX) {
            return new PolicyImpact(gained, lost, true);
          }
          AccessDecision was = before.rules().decide(subject, asked, scope, now);
          AccessDecision will = after.rules().decide(subject, asked, scope, now);
          if (was.allowed() != will.allowed()) {
            (will.allowed() ? gained : lost).add(new Change(entry.getKey(), was, will));
          }
        }
      }
    }
    return new PolicyImpact(gained, lost, false);
  }

  private static void collect(
      List<PolicyBinding> bindings, Map<PolicySubject, Set<AccessScope>> into) {
    for (PolicyBinding binding : bindings) {
      Set<AccessScope> scopes = into.computeIfAbsent(binding.subject(), s -> new LinkedHashSet<>());
      scopes.add(AccessScope.everything());
      scopes.add(concrete(binding.scope()));
    }
  }

  private static AccessScope concrete(AccessScope scope) {
    SortedMap<String, String> attributes = new TreeMap<>(scope.attributes());
    attributes.replaceAll((name, value) -> value.equals(ANY) ? SOMETHING : value);
    return scope.isEverything()
        ? AccessScope.everything()
        : AccessScope.of(scope.type(), attributes);
  }

  private static AccessSubject subject(PolicySubject subject) {
    return switch (subject.kind()) {
      case PRINCIPAL -> AccessSubject.of(subject.id(), groups(subject.id()));
      case GROUP -> AccessSubject.of("somebody", Set.of(subject.id()));
      case TEAM ->
          new AccessSubject("somebody", Set.of(), Optional.of(subject.id()), Optional.empty());
      case ORG ->
          new AccessSubject("somebody", Set.of(), Optional.empty(), Optional.of(subject.id()));
    };
  }

  /** The groups that authentication gives to a caller with such an id. */
  public static Set<String> groups(String id) {
    if (id.startsWith("did:")) {
      return Set.of("agent");
    }
    if (id.startsWith("key:")) {
      return Set.of("client");
    }
    return id.startsWith("operator:") ? Set.of(BuiltInPolicy.OPERATORS) : Set.of();
  }
}
