package io.talos.policy;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.policy.limits.RedisLimiter;
import io.talos.policy.ops.PolicyLog;
import io.talos.policy.rights.Revocations;
import io.talos.policy.rights.RevokedLinks;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of revocations. Postgres is the truth; the epoch in Redis tells a node at
 * its next reservation that there is more to read. Thread safe.
 *
 * <p>An epoch that Redis lost, or an older one that it came back with, is mended from the database.
 */
@ApplicationScoped
public class RevocationWatch {
  private final @Nullable Revocations revocations;
  private volatile @Nullable RevokedLinks known;

  /** For the container's proxy only. */
  protected RevocationWatch() {
    revocations = null;
  }

  /** Knows nothing until it is first asked. */
  @Inject
  public RevocationWatch(Revocations revocations) {
    this.revocations = revocations;
  }

  /** What this node has read. */
  public RevokedLinks current() {
    RevokedLinks links = known;
    return links == null ? read(Long.MIN_VALUE) : links;
  }

  /**
   * Reads what is new, and mends Redis when it is behind the database.
   *
   * @param seen the epoch that Redis held, or the empty text
   * @param had the epoch that this node had when it looked
   */
  public void catchUp(String seen, long had, RedisLimiter limiter) {
    RevokedLinks links = read(Math.max(had, number(seen) - 1));
    if (!seen.equals(Long.toString(links.epoch()))) {
      // Redis lost the epoch, or the database was restored to a time before it.
      limiter.raiseEpoch(links.epoch(), seen.isEmpty() ? Optional.empty() : Optional.of(seen));
    }
  }

  /**
   * Tells everybody of revocation number {@code epoch}, which is committed. What Redis does not
   * hear it learns from the database later; the admission itself asks the database in any case.
   */
  public void announce(long epoch, RedisLimiter limiter) {
    read(epoch - 1);
    try {
      limiter.raiseEpoch(epoch, Optional.empty());
    } catch (TalosException e) {
      if (e.code() != ErrorCode.REDIS_UNAVAILABLE) {
        throw e;
      }
      PolicyLog.epochNotAnnounced(epoch, e);
    }
  }

  private static long number(String epoch) {
    return epoch.isEmpty() ? 0 : Long.parseLong(epoch);
  }

  /** Reads, unless another thread has read something newer than {@code had} meanwhile. */
  private synchronized RevokedLinks read(long had) {
    RevokedLinks links = known;
    if (links != null && links.epoch() > had) {
      return links;
    }
    if (revocations == null) {
      throw new IllegalStateException("the proxy's own instance is never called");
    }
    RevokedLinks fresh = revocations.read();
    known = fresh;
    return fresh;
  }
}
