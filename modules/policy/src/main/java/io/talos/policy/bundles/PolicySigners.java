package io.talos.policy.bundles;

import io.talos.contracts.Check;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.policy.PolicySignature;
import io.talos.contracts.policy.PolicyStatement;
import java.util.Optional;
import java.util.Set;

/**
 * Whose signature makes a policy good.
 *
 * @param keys the policy keys
 * @param required whether a policy without a signature is refused
 */
public record PolicySigners(Set<Did> keys, boolean required) {
  /** Copies. */
  public PolicySigners {
    Check.atMost(keys.size(), Limits.SIGNERS_MAX, "the number of policy keys");
    keys = Set.copyOf(keys);
  }

  /** Why {@code statement} is not good with this signature; empty when it is. */
  public Optional<ErrorCode> refusal(
      PolicyStatement statement, Optional<PolicySignature> signature) {
    if (signature.isEmpty()) {
      return required ? Optional.of(ErrorCode.POLICY_SIGNATURE_REQUIRED) : Optional.empty();
    }
    return keys.contains(signature.get().key()) && statement.isSignedBy(signature.get())
        ? Optional.empty()
        : Optional.of(ErrorCode.POLICY_SIGNATURE_INVALID);
  }
}
