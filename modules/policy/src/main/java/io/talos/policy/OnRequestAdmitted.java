package io.talos.policy;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.event.RequestAdmitted;
import io.talos.contracts.port.AccessControl.Allowance;
import io.talos.contracts.port.AccessControl.CapabilityGrant;
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

/**
 * Takes the last decision about a capability, in the transaction that makes the admission durable:
 * an admission that commits after a revocation has committed is refused, and no link is used for
 * more calls or money than it says. Neither depends on Redis.
 *
 * <p>Runs before the audit module's listener, so that everybody locks revocations first and the
 * audit log second.
 *
 * <p>Fails with: {@link ErrorCode#CAPABILITY_REVOKED}, {@link ErrorCode#CAPABILITY_EXHAUSTED}; the
 * admission rolls back.
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
    if (admitted.grant().isEmpty()) {
      return;
    }
    Instant now = clock.instant();
    CapabilityGrant grant = admitted.grant().get();
    revocations.holdBack();
    if (revocations.containsAnyOf(grant.revocationIds())) {
      throw new TalosException(ErrorCode.CAPABILITY_REVOKED, "revoked while it was on its way");
    }
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
