package io.talos.policy;

import io.talos.contracts.Check;
import io.talos.contracts.capability.CapabilityVerifier;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.policy.AccessDecision;
import io.talos.contracts.port.AccessControl;
import io.talos.contracts.registry.Surface.CapabilityUse;
import io.talos.policy.ops.PolicySettings;
import io.talos.policy.rights.ActivePolicy;
import io.talos.policy.rights.CapabilityCheck;
import io.talos.policy.rights.ToolCheck;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;

/**
 * Decides by the policy in force: roles and bindings, then the tool rules, and then the capability
 * where the surface asks for one. Denies by default; reads the policy and the revocations as this
 * node knows them, and changes nothing.
 *
 * <p>Refuses with: {@link ErrorCode#RBAC_DENIED}, {@link ErrorCode#TOOL_DENIED}, and what {@link
 * CapabilityCheck} refuses with.
 */
@Dependent
public class RegistryAccessControl implements AccessControl {
  private final PolicyInForce policy;
  private final PolicyKeys keys;
  private final RevocationWatch revocations;
  private final PolicySettings settings;

  @Inject
  RegistryAccessControl(
      PolicyInForce policy, PolicyKeys keys, RevocationWatch revocations, PolicySettings settings) {
    this.policy = policy;
    this.keys = keys;
    this.revocations = revocations;
    this.settings = settings;
  }

  @Override
  public Decision decide(Question question) {
    Check.that(question.surface().anonymous().isEmpty(), "nobody decides about a known caller");
    ActivePolicy now = policy.current();
    AccessDecision access = now.decide(question);
    if (!access.allowed()) {
      return new Denied(ErrorCode.RBAC_DENIED, access.reason().name(), Optional.of(access));
    }
    Optional<String> forbidden = question.call().flatMap(call -> ToolCheck.forbids(now, call));
    if (forbidden.isPresent()) {
      return new Denied(ErrorCode.TOOL_DENIED, "by " + forbidden.get(), Optional.of(access));
    }
    if (question.surface().capability() == CapabilityUse.NONE) {
      return new Allowed(access, Optional.empty());
    }
    CapabilityVerifier verifier =
        new CapabilityVerifier(Set.of(keys.issuerDid()), settings.audience());
    return new CapabilityCheck(verifier).decide(access, question, revocations.revoked());
  }
}
