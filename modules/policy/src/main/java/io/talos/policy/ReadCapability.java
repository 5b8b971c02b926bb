package io.talos.policy;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.policy.store.CapabilityStore;
import io.talos.policy.store.CapabilityStore.Stored;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;

/**
 * Shows a granted capability to an operator, or to the agent that it was granted to.
 *
 * <p>To everybody else it does not exist: {@link ErrorCode#CAPABILITY_NOT_FOUND}.
 */
@Dependent
public class ReadCapability {
  private final CapabilityStore capabilities;
  private final CurrentRequest request;

  @Inject
  ReadCapability(CapabilityStore capabilities, CurrentRequest request) {
    this.capabilities = capabilities;
    this.request = request;
  }

  /** The capability with this hash, when there is one and the caller may see it. */
  public Optional<Stored> read(String hash) {
    Principal caller = request.require().principal();
    return capabilities
        .named(hash)
        .filter(
            stored ->
                caller.kind() == PrincipalKind.OPERATOR || caller.id().equals(stored.subject()));
  }
}
