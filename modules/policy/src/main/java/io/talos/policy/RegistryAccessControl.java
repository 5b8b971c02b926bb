package io.talos.policy;

import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.policy.AccessDecision;
import io.talos.contracts.port.AccessControl;
import io.talos.contracts.registry.Surface;
import io.talos.contracts.registry.Surface.CapabilityUse;
import io.talos.policy.rights.ActivePolicy;
import io.talos.policy.rights.CapabilityCheck;
import io.talos.policy.rights.ToolCheck;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

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
  private final CapabilityChecks capabilities;

  @Inject
  RegistryAccessControl(PolicyInForce policy, CapabilityChecks capabilities) {
    this.policy = policy;
    this.capabilities = capabilities;
  }

  @Override
  public Decision decide(Question question) {
    Check.that(question.surface().anonymous().isEmpty(), "somebody is asking");
    ActivePolicy active = policy.current();
    AccessDecision access = active.decide(question);
    if (!access.allowed()) {
      return new Denied(ErrorCode.RBAC_DENIED, access.reason().name(), Optional.of(access));
    }
    Optional<String> forbidden = question.call().flatMap(call -> ToolCheck.forbids(active, call));
    if (forbidden.isPresent()) {
      return new Denied(ErrorCode.TOOL_DENIED, "by " + forbidden.get(), Optional.of(access));
    }
    return question.surface().capability() == CapabilityUse.NONE
        ? new Allowed(access, Optional.empty())
        : capabilities.check().decide(access, question);
  }

  @Override
  public Surface limited(Surface surface) {
    return policy.current().limited(surface);
  }
}
