package io.talos.policy;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.policy.rights.RevocationReason;
import io.talos.policy.store.CapabilityStore;
import io.talos.policy.store.CapabilityStore.Listed;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Revokes every grant of an agent that has not expired, and with each what hangs on it. When this
 * returns, no node admits a request by one of them any more. At most {@value #PAGES_MAX} pages of
 * {@link ListCapabilities#PAGE_MAX} grants; whoever has more is asked about again.
 *
 * <p>Each is audited as {@code capability.revoked}.
 */
@Dependent
public class RevokeGrants {
  /** How many pages of grants one call looks at. */
  public static final int PAGES_MAX = 50;

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

  /** Revokes; how many grants were revoked that were not before. */
  @Transactional(TxType.NOT_SUPPORTED)
  public int revoke(String subject, RevocationReason reason) {
    Instant now = clock.instant();
    int revoked = 0;
    long newest = 0;
    Optional<Bytes> after = Optional.empty();
    for (int i = 0; i < PAGES_MAX; i++) {
      List<Listed> page = capabilities.list(Optional.of(subject), after, ListCapabilities.PAGE_MAX);
      for (Listed grant : page) {
        Optional<Long> epoch = revoke(grant, reason, now);
        revoked += epoch.isPresent() ? 1 : 0;
        newest = Math.max(newest, epoch.orElse(0L));
      }
      if (page.size() < ListCapabilities.PAGE_MAX) {
        break;
      }
      after = Optional.of(page.get(page.size() - 1).capability().hash());
    }
    if (newest > 0) {
      revocations.announce(newest, traffic.limiter());
    }
    return revoked;
  }

  private Optional<Long> revoke(Listed grant, RevocationReason reason, Instant now) {
    if (!grant.capability().expiresAt().isAfter(now)) {
      return Optional.empty();
    }
    Bytes root = UnverifiedCapability.parse(grant.capability().header()).root().hash();
    return record.record(root, reason, request.require().principal().id(), now);
  }
}
