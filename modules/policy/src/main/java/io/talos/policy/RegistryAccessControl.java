package io.talos.policy;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.port.AccessControl;
import io.talos.contracts.registry.Surface.CapabilityUse;
import io.talos.policy.rights.CapabilityCheck;
import io.talos.policy.rights.Permission;
import io.talos.policy.rights.Roles;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Decides by the roles of the registry, and then by the capability where the surface asks for one.
 * Denies by default; reads revocations as this node knows them, and changes nothing.
 *
 * <p>Refuses with: {@link ErrorCode#RBAC_DENIED}, and what {@link CapabilityCheck} refuses with.
 */
@Dependent
public class RegistryAccessControl implements AccessControl {
  /** What an anonymous surface is allowed by: nobody's role, but its entry in the registry. */
  static final String NO_ROLE = "anonymous";

  private final Roles roles;
  private final CapabilityChecks capabilities;

  @Inject
  RegistryAccessControl(Roles roles, CapabilityChecks capabilities) {
    this.roles = roles;
    this.capabilities = capabilities;
  }

  @Override
  public Decision decide(Question question) {
    if (question.surface().anonymous().isPresent()) {
      return new Allowed(NO_ROLE, Optional.empty());
    }
    Permission asked = Permission.parse(question.surface().permission());
    Optional<String> role = roles.permitting(question.principal().roles(), asked);
    if (role.isEmpty()) {
      return new Denied(ErrorCode.RBAC_DENIED, "no role permits " + question.surface().id());
    }
    if (question.surface().capability() == CapabilityUse.NONE) {
      return new Allowed(role.get(), Optional.empty());
    }
    return capabilities.check().decide(role.get(), question);
  }
}
