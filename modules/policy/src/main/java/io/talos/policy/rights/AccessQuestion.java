package io.talos.policy.rights;

import io.talos.contracts.policy.AccessDecision;
import io.talos.contracts.policy.AccessScope;
import io.talos.contracts.policy.AccessSubject;
import io.talos.contracts.policy.Limits;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A question as other gateways put it.
 *
 * @param groups of a subject that is neither agent nor client; the asker says so
 * @param action a permission, {@code area:thing:verb}
 * @param properties of the resource, texts only
 */
public record AccessQuestion(
    String subjectType,
    String subjectId,
    Set<String> groups,
    Optional<String> team,
    Optional<String> org,
    String action,
    String resourceType,
    String resourceId,
    Map<String, String> properties) {
  /** What the thing itself is called in the scopes of surfaces, by type; others are {@code id}. */
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("agent", "did"),
          Map.entry("capability", "hash"),
          Map.entry("event", "event_id"),
          Map.entry("group", "group_id"),
          Map.entry("key", "key_id"),
          Map.entry("org", "org_id"),
          Map.entry("path", "path"),
          Map.entry("principal", "principal_id"),
          Map.entry("repo", "repo"),
          Map.entry("secret", "name"),
          Map.entry("session", "session_id"),
          Map.entry("team", "team_id"),
          Map.entry("tool", "tool"),
          Map.entry("trace", "trace_id"));

  /** Copies. */
  public AccessQuestion {
    groups = Set.copyOf(groups);
    properties = Map.copyOf(properties);
  }

  /**
   * The answer.
   *
   * @param reason a stable code
   * @param access what it rests on, when roles and bindings were asked
   */
  public record Answer(boolean allowed, String reason, Optional<AccessDecision> access) {
    /** What the roles and bindings say. */
    public static Answer of(AccessDecision decision) {
      return new Answer(decision.allowed(), decision.reason().name(), Optional.of(decision));
    }

    /** No, whatever they say. */
    public static Answer no(String reason) {
      return new Answer(false, reason, Optional.empty());
    }
  }

  /** The subject: the groups of agents and clients are their kind. */
  public AccessSubject subject() {
    Set<String> known =
        switch (subjectType) {
          case "agent", "client" -> Set.of(subjectType);
          default -> groups;
        };
    return new AccessSubject(subjectId, known, team, org);
  }

  /**
   * Whether the policy can be asked this as it is. What is left out could be what a denial looks
   * at, so a question that says more than a scope and a subject can hold is not cut down.
   */
  public boolean isExpressible() {
    return groups.size() <= Limits.GROUPS_MAX
        && groups.stream().noneMatch(String::isEmpty)
        && AccessScope.isName(resourceType)
        && isValue(resourceId)
        && properties.size() < Limits.ATTRIBUTES_MAX
        && properties.entrySet().stream()
            .allMatch(e -> AccessScope.isName(e.getKey()) && isValue(e.getValue()));
  }

  private static boolean isValue(String value) {
    return !value.isEmpty() && value.length() <= Limits.VALUE_CHARACTERS_MAX;
  }

  /** The scope: the resource under its own name, and its properties, which cannot replace it. */
  public AccessScope scope() {
    SortedMap<String, String> attributes = new TreeMap<>(properties);
    attributes.put(NAMES.getOrDefault(resourceType, "id"), resourceId);
    return new AccessScope(resourceType, attributes);
  }
}
