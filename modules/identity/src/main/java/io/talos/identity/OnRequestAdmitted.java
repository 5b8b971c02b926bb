package io.talos.identity;

import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.event.RequestAdmitted;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.identity.authentication.AdmissionLock;
import io.talos.identity.directory.Directory;
import io.talos.identity.directory.Member;
import io.talos.identity.keys.VirtualKey;
import io.talos.identity.keys.VirtualKeys;
import io.talos.runtime.request.CurrentRequest;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Takes the last decision about the caller's virtual key and membership, in the transaction that
 * makes the admission durable: an admission that commits after a key was revoked, or a member was
 * suspended or ended, is refused. Whoever was no member when it was authenticated is not looked up.
 *
 * <p>Runs before the policy module's listener: everybody locks members and virtual keys first,
 * revocations second and the audit log last.
 *
 * <p>Fails with: {@link ErrorCode#AUTH_REVOKED}, {@link ErrorCode#AUTH_EXPIRED}, {@link
 * ErrorCode#PRINCIPAL_SUSPENDED}; the admission rolls back.
 */
@Dependent
public class OnRequestAdmitted {
  private static final int FIRST = Interceptor.Priority.LIBRARY_BEFORE - 1;

  private final AdmissionLock lock;
  private final VirtualKeys keys;
  private final Directory directory;
  private final CurrentRequest request;
  private final InstantSource clock;

  @Inject
  OnRequestAdmitted(
      AdmissionLock lock,
      VirtualKeys keys,
      Directory directory,
      CurrentRequest request,
      InstantSource clock) {
    this.lock = lock;
    this.keys = keys;
    this.directory = directory;
    this.request = request;
    this.clock = clock;
  }

  /** Asks again what authentication found. */
  @Transactional(TxType.MANDATORY)
  public void confirm(@Observes @Priority(FIRST) RequestAdmitted admitted) {
    Principal caller = request.require().principal();
    if (caller.kind() != PrincipalKind.CLIENT && caller.team().isEmpty()) {
      return;
    }
    lock.holdBack();
    refusal(caller, clock.instant())
        .ifPresent(
            code -> {
              throw new TalosException(code, "ended while the request was on its way");
            });
  }

  private Optional<ErrorCode> refusal(Principal caller, Instant now) {
    return switch (caller.kind()) {
      case CLIENT ->
          keys.find(new UuidV7(caller.id().substring(Principal.CLIENT_PREFIX.length())))
              .map(key -> refusal(key, now))
              .orElse(Optional.of(ErrorCode.AUTH_REVOKED));
      case AGENT -> refusal(directory.agent(Did.parse(caller.id())));
      case OPERATOR ->
          refusal(directory.user(caller.id().substring(Principal.OPERATOR_PREFIX.length())));
      case SYSTEM, ANONYMOUS -> Optional.empty();
    };
  }

  private Optional<ErrorCode> refusal(VirtualKey key, Instant now) {
    return key.refusal(now)
        .or(
            () ->
                key.principal()
                    .flatMap(account -> refusal(directory.member(account).map(Member::standing))));
  }

  private static Optional<ErrorCode> refusal(Optional<Member.Standing> standing) {
    return standing.flatMap(known -> known.status().refusal());
  }
}
