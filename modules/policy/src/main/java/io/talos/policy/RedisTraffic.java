package io.talos.policy;

import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.port.Traffic;
import io.talos.contracts.registry.Surface;
import io.talos.contracts.registry.Surface.Rate;
import io.talos.policy.limits.AllowanceJournal;
import io.talos.policy.limits.Limits;
import io.talos.policy.limits.RedisLimiter;
import io.talos.policy.limits.TrafficKeys;
import io.talos.policy.ops.PolicySettings;
import io.talos.policy.rights.RevokedIds;
import io.talos.runtime.redis.Redis;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Limits kept in Redis, with Postgres as the truth behind revocations and allowances.
 *
 * <p>Refuses with: {@link ErrorCode#RATE_LIMITED}, {@link ErrorCode#IDEMPOTENCY_KEY_INVALID},
 * {@link ErrorCode#IDEMPOTENCY_KEY_REUSE_CONFLICT}, {@link ErrorCode#IDEMPOTENCY_IN_PROGRESS},
 * {@link ErrorCode#CAPABILITY_REVOKED}, {@link ErrorCode#CAPABILITY_EXHAUSTED}.
 */
@Dependent
public class RedisTraffic implements Traffic {
  private final RedisLimiter limiter;
  private final RevocationWatch revocations;
  private final AllowanceJournal journal;
  private final Rate addressRate;
  private final int newcomersPerHour;

  @Inject
  RedisTraffic(
      Redis redis,
      PolicyKeys keys,
      Randomness randomness,
      RevocationWatch revocations,
      AllowanceJournal journal,
      PolicySettings settings) {
    this(
        redis,
        keys::traffic,
        randomness,
        revocations,
        journal,
        settings.addressRate(),
        settings.newcomersPerHour());
  }

  RedisTraffic(
      Redis redis,
      Supplier<TrafficKeys> keys,
      Randomness randomness,
      RevocationWatch revocations,
      AllowanceJournal journal,
      Rate addressRate,
      int newcomersPerHour) {
    this.limiter = new RedisLimiter(redis, keys, randomness);
    this.revocations = revocations;
    this.journal = journal;
    this.addressRate = addressRate;
    this.newcomersPerHour = newcomersPerHour;
  }

  @Override
  public Verdict byAddress(String clientAddress, Instant now) {
    return limiter.takeByAddress(clientAddress, addressRate, now);
  }

  @Override
  public Verdict byNewcomer(String clientAddress, Surface surface, Instant now) {
    return limiter.takeByNewcomer(clientAddress, surface, newcomersPerHour, now);
  }

  @Override
  public Verdict reserve(Claim claim) {
    for (int i = 0; i < Limits.CATCH_UPS_MAX; i++) {
      RevokedIds revoked = revocations.revoked();
      // Before the look-up: whatever is newer makes Redis answer that this node is behind.
      long epoch = revoked.epoch();
      if (claim.grant().filter(g -> revoked.containsAnyOf(g.revocationIds())).isPresent()) {
        return new Stopped(ErrorCode.CAPABILITY_REVOKED, Optional.empty());
      }
      Optional<Verdict> verdict =
          limiter
              .reserve(claim, epoch)
              .match(
                  decided -> Optional.of(decided.verdict()),
                  behind -> {
                    revocations.catchUp(behind.epoch(), epoch, limiter);
                    return Optional.empty();
                  },
                  unknown -> {
                    limiter.learn(claim, journal);
                    return Optional.empty();
                  });
      if (verdict.isPresent()) {
        return verdict.get();
      }
    }
    throw new TalosException(ErrorCode.REDIS_UNAVAILABLE, "Redis forgets what it is told");
  }

  @Override
  public void release(UuidV7 requestId) {
    limiter.release(requestId);
  }

  @Override
  public void remember(Claim claim, Answer answer) {
    limiter.remember(claim, answer);
  }

  /** The limiter itself, for what happens after a commit. */
  RedisLimiter limiter() {
    return limiter;
  }
}
