package io.talos.policy;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.RevocationId;
import io.talos.contracts.event.AgentKeyRotated;
import io.talos.contracts.event.AgentRevoked;
import io.talos.policy.rights.RevocationReason;
import io.talos.policy.rights.RevokedKind;
import io.talos.policy.store.RevocationStore;
import io.talos.runtime.request.CurrentRequest;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.InstantSource;

/**
 * Ends the capabilities that a retired key signed, in the transaction that retires it: from its
 * commit on no node admits a request by one of them.
 *
 * <p>Runs before the audit module's listener, like every admission: revocations first, the audit
 * log second.
 */
@Dependent
public class OnSigningKeyRetired {
  private final RevocationStore revocations;
  private final Event<RevocationRecorded> recorded;
  private final CurrentRequest request;
  private final InstantSource clock;

  @Inject
  OnSigningKeyRetired(
      RevocationStore revocations,
      Event<RevocationRecorded> recorded,
      CurrentRequest request,
      InstantSource clock) {
    this.revocations = revocations;
    this.recorded = recorded;
    this.request = request;
    this.clock = clock;
  }

  /** A key that was replaced, or recovered from a thief. */
  @Transactional(TxType.MANDATORY)
  public void rotated(
      @Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) AgentKeyRotated event) {
    retire(
        event.retiredKey(),
        event.cause() == AgentKeyRotated.Cause.ROTATED
            ? RevocationReason.SUPERSEDED
            : RevocationReason.COMPROMISED);
  }

  /** The last key of an agent that is no longer one. */
  @Transactional(TxType.MANDATORY)
  public void revoked(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) AgentRevoked event) {
    retire(event.retiredKey(), RevocationReason.OTHER);
  }

  private void retire(Bytes key, RevocationReason reason) {
    revocations.waitForAdmissions();
    revocations
        .add(
            RevocationId.ofKey(key),
            RevokedKind.KEY,
            reason,
            request.require().principal().id(),
            clock.instant())
        .ifPresent(epoch -> recorded.fire(new RevocationRecorded(epoch)));
  }
}
