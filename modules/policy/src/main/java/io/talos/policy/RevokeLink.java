package io.talos.policy;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.principal.Principal;
import io.talos.policy.rights.RevocationReason;
import io.talos.policy.rights.RevocationRight;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Revokes a link, and with it every capability that hangs on it. When this returns, no node admits
 * a request by such a capability any more: the revocation waits for the admissions that are being
 * committed, and every later one finds it.
 *
 * <p>An operator may revoke any link, also one that was passed on offline and was never seen here.
 * An agent may revoke what it signed itself, and shows that by a capability that holds the link and
 * starts at this server's issuer. Revoking twice changes nothing.
 *
 * <p>Refuses with: {@link ErrorCode#CAPABILITY_INVALID} when the shown capability cannot be read,
 * {@link ErrorCode#TALOS_DENIED} when the link is not one that the caller signed. Audited as {@code
 * capability.revoked}.
 */
@Dependent
public class RevokeLink {
  private final RecordRevocation record;
  private final RevocationWatch revocations;
  private final RedisTraffic traffic;
  private final CapabilityChecks capabilities;
  private final CurrentRequest request;
  private final InstantSource clock;

  @Inject
  RevokeLink(
      RecordRevocation record,
      RevocationWatch revocations,
      RedisTraffic traffic,
      CapabilityChecks capabilities,
      CurrentRequest request,
      InstantSource clock) {
    this.record = record;
    this.revocations = revocations;
    this.traffic = traffic;
    this.capabilities = capabilities;
    this.request = request;
    this.clock = clock;
  }

  /**
   * Revokes {@code link}. Not transactional itself: others are told only after the commit.
   *
   * @param shown header text of a capability that holds the link; needed of an agent
   */
  @Transactional(TxType.NOT_SUPPORTED)
  public Result revoke(Bytes link, RevocationReason reason, Optional<String> shown) {
    Instant now = clock.instant();
    Principal caller = request.require().principal();
    Optional<ErrorCode> refusal =
        RevocationRight.refusal(caller, link, shown, capabilities.verifier());
    if (refusal.isPresent()) {
      return new Refused(refusal.get());
    }
    record
        .record(link, reason, caller.id(), now)
        .ifPresent(epoch -> revocations.announce(epoch, traffic.limiter()));
    return new Revoked(link, reason);
  }

  /** Revoked, or why not. */
  public sealed interface Result permits Revoked, Refused {
    /** Answers by the kind of result. */
    default <R> R match(Function<Revoked, R> revoked, Function<Refused, R> refused) {
      if (this instanceof Revoked done) {
        return revoked.apply(done);
      }
      return refused.apply((Refused) this);
    }
  }

  /** The link is revoked, now or before. */
  public record Revoked(Bytes link, RevocationReason reason) implements Result {}

  /** Nothing was revoked. */
  public record Refused(ErrorCode code) implements Result {}
}
