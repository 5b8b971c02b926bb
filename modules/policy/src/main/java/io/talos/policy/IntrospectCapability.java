package io.talos.policy;

import io.talos.contracts.capability.CapabilityVerifier.Refused;
import io.talos.contracts.capability.CapabilityVerifier.Verified;
import io.talos.contracts.capability.Need;
import io.talos.contracts.capability.Presentation;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.port.AccessControl.Allowance;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.policy.limits.Used;
import io.talos.policy.rights.CapabilityCheck;
import io.talos.policy.store.AllowanceStore;
import io.talos.policy.store.RevocationStore;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Says whether a capability would be good now for its subject, or why not, and what is used of it.
 * Shown to an operator, to its subject, and to whoever signed a link of it; to everybody else it
 * does not exist.
 *
 * <p>Source: RFC 7662 §2.2 for the idea of {@code active}.
 *
 * <p>Refuses with: {@link ErrorCode#CAPABILITY_INVALID}.
 */
@Dependent
public class IntrospectCapability {
  private final CapabilityChecks capabilities;
  private final RevocationStore revocations;
  private final AllowanceStore allowances;
  private final CurrentRequest request;
  private final InstantSource clock;

  @Inject
  IntrospectCapability(
      CapabilityChecks capabilities,
      RevocationStore revocations,
      AllowanceStore allowances,
      CurrentRequest request,
      InstantSource clock) {
    this.capabilities = capabilities;
    this.revocations = revocations;
    this.allowances = allowances;
    this.request = request;
    this.clock = clock;
  }

  /**
   * What is known of a capability.
   *
   * @param refusal the code by which a use is refused; empty when it is good
   * @param used what admitted requests used of each limit
   */
  public record Status(UnverifiedCapability chain, Optional<ErrorCode> refusal, List<Used> used) {
    /** Copies. */
    public Status {
      used = List.copyOf(used);
    }
  }

  /**
   * Looks at a capability; empty when the caller may not see it.
   *
   * @param header text of the {@code Talos-Capability} header
   * @param source the address that it would be used from
   * @throws TalosException {@link ErrorCode#CAPABILITY_INVALID} when it cannot be read
   */
  public Optional<Status> introspect(String header, Optional<String> source) {
    Instant now = clock.instant();
    UnverifiedCapability chain = UnverifiedCapability.parse(header);
    if (!maySee(request.require().principal(), chain)) {
      return Optional.empty();
    }
    Presentation shown =
        new Presentation(chain.leaf().terms().subject().text(), new Need.Inspection(), now, source);
    return Optional.of(
        capabilities
            .verifier()
            .verify(chain, shown)
            .match(good -> status(chain, good), refused -> status(chain, refused)));
  }

  private static boolean maySee(Principal caller, UnverifiedCapability chain) {
    return caller.kind() == PrincipalKind.OPERATOR
        || chain.leaf().terms().subject().text().equals(caller.id())
        || chain.links().stream().anyMatch(l -> l.terms().issuer().text().equals(caller.id()));
  }

  private static Status status(UnverifiedCapability chain, Refused refused) {
    return new Status(chain, Optional.of(refused.code()), List.of());
  }

  private Status status(UnverifiedCapability chain, Verified good) {
    List<Used> used =
        CapabilityCheck.allowances(good.capability()).stream()
            .map(a -> new Used(a, allowances.used(a.kind(), a.link())))
            .toList();
    if (revocations.containsAnyOf(good.capability().revocationIds())) {
      return new Status(chain, Optional.of(ErrorCode.CAPABILITY_REVOKED), used);
    }
    boolean exhausted = used.stream().anyMatch(IntrospectCapability::isExhausted);
    return new Status(
        chain, exhausted ? Optional.of(ErrorCode.CAPABILITY_EXHAUSTED) : Optional.empty(), used);
  }

  private static boolean isExhausted(Used used) {
    Allowance allowance = used.allowance();
    return used.total() >= allowance.limit();
  }
}
