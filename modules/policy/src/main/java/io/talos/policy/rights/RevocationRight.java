package io.talos.policy.rights;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.CapabilityVerifier;
import io.talos.contracts.capability.Link;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import java.util.Optional;

/** Who may revoke a link: any operator, and the agent that signed it. */
public final class RevocationRight {
  private RevocationRight() {}

  /**
   * Why {@code caller} may not revoke {@code link}; empty when they may.
   *
   * @param shown header text of a capability that holds the link; an agent proves by it what it
   *     signed
   * @param verifier tells a capability that was passed on from one that was made up, so that nobody
   *     fills the revocations with links of their own making
   */
  public static Optional<ErrorCode> refusal(
      Principal caller, Bytes link, Optional<String> shown, CapabilityVerifier verifier) {
    if (caller.kind() == PrincipalKind.OPERATOR) {
      return Optional.empty();
    }
    if (caller.kind() != PrincipalKind.AGENT || shown.isEmpty()) {
      return Optional.of(ErrorCode.TALOS_DENIED);
    }
    try {
      UnverifiedCapability chain = UnverifiedCapability.parse(shown.get());
      boolean own =
          chain.links().stream().anyMatch(l -> l.hash().equals(link) && isSignedBy(caller, l));
      return own && verifier.isGenuine(chain)
          ? Optional.empty()
          : Optional.of(ErrorCode.TALOS_DENIED);
    } catch (TalosException e) {
      return Optional.of(e.code());
    }
  }

  /** The signature, not the name: a link can be made up in anybody's name. */
  private static boolean isSignedBy(Principal caller, Link link) {
    return link.terms().issuer().text().equals(caller.id()) && link.isSigned();
  }
}
