package io.talos.contracts.policy;

import java.util.List;
import java.util.Optional;

/**
 * What the roles and bindings say of one question, with everything that it rests on.
 *
 * @param permission what was asked for
 * @param scope where
 * @param matchedBindings ids of the bindings that speak about this permission here, in text order
 * @param matchedRoles ids of their roles, in text order
 * @param effectiveBinding the one that decided: the closest of the decisive effect, and of equally
 *     close ones the smallest id
 * @param effectiveRole its role
 * @param policyVersion the policy that was in force
 */
public record AccessDecision(
    boolean allowed,
    AccessReason reason,
    Permission permission,
    AccessScope scope,
    List<String> matchedBindings,
    List<String> matchedRoles,
    Optional<String> effectiveBinding,
    Optional<String> effectiveRole,
    long policyVersion) {
  /** Copies. */
  public AccessDecision {
    matchedBindings = List.copyOf(matchedBindings);
    matchedRoles = List.copyOf(matchedRoles);
  }
}
