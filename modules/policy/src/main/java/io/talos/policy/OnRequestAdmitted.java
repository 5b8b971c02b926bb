package io.talos.policy;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.Evidence;
import io.talos.contracts.capability.RevocationId;
import io.talos.contracts.did.KeyUrl;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.event.RequestAdmitted;
import io.talos.contracts.port.AccessControl.Allowance;
import io.talos.contracts.port.AccessControl.CapabilityGrant;
import io.talos.contracts.principal.Proof;
import io.talos.policy.limits.Used;
import io.talos.policy.store.AllowanceStore;
import io.talos.policy.store.RevocationStore;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Takes the last decision about the caller's key and its capability, in the transaction that makes
 * the admission durable: an admission that commits after a revocation or rotation has committed is
 * refused, and no link is used for more calls or money than it says. Neither depends on Redis.
 *
 * <p>Runs before the audit module's listener, so that everybody locks revocations first and the
 * audit log second.
 *
 * <p>Fails with: {@link ErrorCode#AUTH_REVOKED}, {@link ErrorCode#CAPABILITY_REVOKED}, {@link
 * ErrorCode#CAPABILITY_EXHAUSTED}; the admission rolls back.
 */
@Dependent
public class OnRequestAdmitted {
  private final RevocationStore revocations;
  private final AllowanceStore allowances;
  private final Event<AllowancesUsed> recorded;
  private final InstantSource clock;

  @Inject
  OnRequestAdmitted(
      RevocationStore revocations,
      AllowanceStore allowances,
      Event<AllowancesUsed> recorded,
      InstantSource clock) {
    this.revocations = revocations;
    this.allowances = allowances;
    this.recorded = recorded;
    this.clock = clock;
  }

  /** Confirms what the request reserved. */
  @Transactional(TxType.MANDATORY)
  public void confirm(
      @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) RequestAdmitted admitted) {
    refuseRevoked(callersKey(admitted), admitted.grant());
    if (admitted.grant().isPresent()) {
      use(admitted, admitted.grant().get(), clock.instant());
    }
  }

  /** One question for both; who can be neither is not asked about. */
  private void refuseRevoked(Optional<Bytes> callersKey, Optional<CapabilityGrant> grant) {
    List<Bytes> asked = new ArrayList<>();
    callersKey.ifPresent(asked::add);
    grant.map(CapabilityGrant::revocationIds).ifPresent(asked::addAll);
    if (asked.isEmpty()) {
      return;
    }
    revocations.holdBack();
    Set<Bytes> revoked = revocations.revokedOf(asked);
    if (callersKey.filter(revoked::contains).isPresent()) {
      throw new TalosException(ErrorCode.AUTH_REVOKED, "its key was retired on the way");
    }
    if (!revoked.isEmpty()) {
      throw new TalosException(ErrorCode.CAPABILITY_REVOKED, "revoked while it was on its way");
    }
  }

  /** The id that revokes the key by which the caller was known. */
  private static Optional<Bytes> callersKey(RequestAdmitted admitted) {
    return admitted
        .facts()
        .evidence()
        .map(Evidence::proof)
        .flatMap(
            proof -> proof.match(signed -> Optional.of(signed.keyId()), Proof.Bearer::agentKey))
        .map(keyId -> RevocationId.ofKey(KeyUrl.parse(keyId).key()));
  }

  private void use(RequestAdmitted admitted, CapabilityGrant grant, Instant now) {
    List<Used> used = new ArrayList<>();
    for (Allowance allowance : grant.allowances()) {
      used.add(new Used(allowance, use(allowance, admitted, now)));
    }
    if (!used.isEmpty()) {
      recorded.fire(new AllowancesUsed(admitted.requestId(), used));
    }
  }

  private long use(Allowance allowance, RequestAdmitted admitted, Instant now) {
    return allowances
        .use(allowance, admitted.requestId(), admitted.admissionId(), now)
        .orElseThrow(
            () ->
                new TalosException(
                    ErrorCode.CAPABILITY_EXHAUSTED, "used up while it was on its way"));
  }
}
