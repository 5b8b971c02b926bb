package io.talos.policy;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.event.RequestAdmitted;
import io.talos.contracts.port.AccessControl.CallLimit;
import io.talos.contracts.port.AccessControl.CapabilityGrant;
import io.talos.policy.store.CallStore;
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
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Takes the last decision about a capability, in the transaction that makes the admission durable:
 * an admission that commits after a revocation has committed is refused, and no link is used more
 * often than it says. Neither depends on Redis.
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
  private final CallStore calls;
  private final Event<CallsCounted> counted;
  private final InstantSource clock;

  @Inject
  OnRequestAdmitted(
      RevocationStore revocations,
      CallStore calls,
      Event<CallsCounted> counted,
      InstantSource clock) {
    this.revocations = revocations;
    this.calls = calls;
    this.counted = counted;
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
    Map<Bytes, Long> counts = new LinkedHashMap<>();
    for (CallLimit limit : grant.callLimits()) {
      counts.put(limit.link(), count(limit, admitted, now));
    }
    if (!counts.isEmpty()) {
      counted.fire(new CallsCounted(admitted.requestId(), counts));
    }
  }

  private long count(CallLimit limit, RequestAdmitted admitted, Instant now) {
    return calls
        .count(limit, admitted.requestId(), admitted.admissionId(), now)
        .orElseThrow(
            () ->
                new TalosException(
                    ErrorCode.CAPABILITY_EXHAUSTED, "used up while it was on its way"));
  }
}
