package io.talos.policy;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.policy.rights.RevocationReason;
import io.talos.policy.store.CapabilityStore;
import io.talos.policy.store.CapabilityStore.Listed;
import io.talos.policy.store.CapabilityStore.Stored;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Revokes the grants of an agent that have not expired, newest first, and with each what hangs on
 * it. When this returns, no node admits a request by one of those it came to. One call comes to at
 * most {@link #PAGES_MAX} pages of {@link ListCapabilities#PAGE_MAX} grants; when more are left it
 * says where to go on.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_INVALID_CURSOR}. Each is audited as {@code
 * capability.revoked}.
 */
@Dependent
public class RevokeGrants {
  /** How many pages of grants one call looks at. */
  public static final int PAGES_MAX = 10;

  private final CapabilityStore capabilities;
  private final RecordRevocation record;
  private final RevocationWatch revocations;
  private final RedisTraffic traffic;
  private final CurrentRequest request;
  private final InstantSource clock;

  @Inject
  RevokeGrants(
      CapabilityStore capabilities,
      RecordRevocation record,
      RevocationWatch revocations,
      RedisTraffic traffic,
      CurrentRequest request,
      InstantSource clock) {
    this.capabilities = capabilities;
    this.record = record;
    this.revocations = revocations;
    this.traffic = traffic;
    this.request = request;
    this.clock = clock;
  }

  /**
   * Revokes.
   *
   * @param cursor where the call before stopped
   */
  @Transactional(TxType.NOT_SUPPORTED)
  public Result revoke(Did subject, RevocationReason reason, Optional<String> cursor) {
    Optional<Bytes> after = cursor.flatMap(capabilities::named).map(Stored::hash);
    if (cursor.isPresent() && after.isEmpty()) {
      return new Refused(ErrorCode.TALOS_INVALID_CURSOR);
    }
    Instant now = clock.instant();
    int revoked = 0;
    long newest = 0;
    boolean more = true;
    for (int i = 0; i < PAGES_MAX && more; i++) {
      // One more than is revoked, to know whether it is the last page.
      List<Listed> found =
          capabilities.unexpired(subject.text(), now, after, ListCapabilities.PAGE_MAX + 1);
      more = found.size() > ListCapabilities.PAGE_MAX;
      for (Listed grant : more ? found.subList(0, ListCapabilities.PAGE_MAX) : found) {
        Optional<Long> epoch = record.record(root(grant), reason, caller(), now);
        revoked += epoch.isPresent() ? 1 : 0;
        newest = Math.max(newest, epoch.orElse(0L));
        after = Optional.of(grant.capability().hash());
      }
    }
    if (newest > 0) {
      revocations.announce(newest, traffic.limiter());
    }
    return new Revoked(revoked, more ? after.map(Bytes::hex) : Optional.empty());
  }

  private String caller() {
    return request.require().principal().id();
  }

  private static Bytes root(Listed grant) {
    return UnverifiedCapability.parse(grant.capability().header()).root().hash();
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

  /**
   * The grants that this call came to are revoked, now or before.
   *
   * @param count how many of them were not before
   * @param next where to go on; empty when no grant is left
   */
  public record Revoked(int count, Optional<String> next) implements Result {}

  /** Nothing was revoked. */
  public record Refused(ErrorCode code) implements Result {}
}
