package io.talos.policy;

import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.policy.limits.RedisLimiter;
import io.talos.policy.ops.PolicyLog;
import io.talos.policy.rights.Revocations;
import io.talos.policy.rights.RevokedIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of revocations. Postgres is the truth; the epoch in Redis tells a node at
 * its next reservation that there is more to read. Thread safe.
 *
 * <p>An epoch that Redis lost, or an older one that it came back with, is mended from the database.
 * A node that no request reaches follows by the push and, when that was lost, by the next poll.
 */
@ApplicationScoped
public class RevocationWatch {
  private volatile @Nullable RevokedIds revoked;

  /** For the container's proxy only. */
  protected RevocationWatch() {
    revoked = null;
  }

  /** Knows nothing until it first catches up. */
  @Inject
  public RevocationWatch(Revocations truth, Randomness randomness) {
    this.revoked = new RevokedIds(truth, randomness);
  }

  /** What this node has read. */
  public RevokedIds revoked() {
    RevokedIds known = revoked;
    if (known == null) {
      throw new IllegalStateException("the proxy's own instance is never called");
    }
    return known;
  }

  /** Reads what is new, if anything is. */
  public void poll() {
    revoked().catchUp(Long.MAX_VALUE);
  }

  /**
   * Reads what is new, and mends Redis when it is behind the database.
   *
   * @param seen the epoch that Redis held, or the empty text
   * @param had the epoch that this node had when it looked
   */
  public void catchUp(String seen, long had, RedisLimiter limiter) {
    revoked().catchUp(Math.max(had, number(seen) - 1));
    long epoch = revoked().epoch();
    if (!seen.equals(Long.toString(epoch))) {
      // Redis lost the epoch, or the database was restored to a time before it.
      limiter.raiseEpoch(epoch, seen.isEmpty() ? Optional.empty() : Optional.of(seen));
    }
  }

  /**
   * Tells everybody of revocation number {@code epoch}, which is committed. What Redis does not
   * hear it learns from the database later; the admission itself asks the database in any case.
   */
  public void announce(long epoch, RedisLimiter limiter) {
    revoked().catchUp(epoch - 1);
    tell(epoch, limiter);
  }

  /** Tells the other nodes alone; an outage of Redis is logged and changes nothing. */
  static void tell(long epoch, RedisLimiter limiter) {
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
}
