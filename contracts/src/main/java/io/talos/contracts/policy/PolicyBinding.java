package io.talos.contracts.policy;

import io.talos.contracts.Check;
import java.time.Instant;
import java.util.Optional;

/**
 * Gives a role to a subject within a scope, or forbids there what the role permits.
 *
 * @param expiresAt at that very instant it is no longer in force
 */
public record PolicyBinding(
    String id,
    PolicySubject subject,
    String roleId,
    AccessEffect effect,
    AccessScope scope,
    Optional<Instant> expiresAt) {
  /** Checks that it can be named. */
  public PolicyBinding {
    Check.that(!id.isEmpty() && !roleId.isEmpty(), "a binding names itself and its role");
  }

  /** A role without bounds in time. */
  public static PolicyBinding allow(
      String id, PolicySubject subject, String roleId, AccessScope scope) {
    return new PolicyBinding(id, subject, roleId, AccessEffect.ALLOW, scope, Optional.empty());
  }

  /** Whether it is in force. */
  public boolean isInForce(Instant now) {
    return expiresAt.isEmpty() || now.isBefore(expiresAt.get());
  }
}
