package io.talos.identity.authentication;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which keys the operators' identity provider vouches for now. The server verifies a token with
 * keys that it may have read long ago; a key that left the provider's set is good for nothing from
 * {@link Limits#OPERATOR_KEYS_FRESH} later at the latest. Thread safe.
 *
 * <p>Only tokens that the server has verified get here, so strangers cannot make it ask.
 */
public final class OperatorKeys {
  private final Supplier<Set<String>> provider;
  private final Map<String, Instant> missedAt = new ConcurrentHashMap<>();
  private volatile @Nullable Listed listed;

  /** When the provider last did not answer; while it is away, callers must not queue for it. */
  private @Nullable Instant awayAt;

  /** The question that is on its way; who comes meanwhile waits for its answer, without a lock. */
  private @Nullable CompletableFuture<Listed> asking;

  /** Keys that {@code provider} lists; it throws a {@link TalosException} when it cannot say. */
  public OperatorKeys(Supplier<Set<String>> provider) {
    this.provider = provider;
  }

  private record Listed(Set<String> ids, Instant at) {
    boolean isOlderThan(Duration age, Instant now) {
      return now.isBefore(at) || now.isAfter(at.plus(age));
    }
  }

  /**
   * Whether the provider lists the key with this id. A key that the last list does not have may be
   * new, so the list is read again, for each key at most once in {@link
   * Limits#OPERATOR_KEYS_PAUSE}.
   *
   * @throws TalosException {@link ErrorCode#UPSTREAM_UNAVAILABLE} when the provider does not answer
   *     and its last list is older than {@link Limits#OPERATOR_KEYS_STALE}
   */
  public boolean isCurrent(String keyId, Instant now) {
    Listed known = listed;
    if (known == null || known.isOlderThan(Limits.OPERATOR_KEYS_FRESH, now)) {
      known = read(known, now);
    }
    if (!known.ids().contains(keyId) && mayBeNew(keyId, now)) {
      known = read(known, now);
    }
    return known.ids().contains(keyId);
  }

  private boolean mayBeNew(String keyId, Instant now) {
    if (missedAt.size() >= Limits.OPERATOR_KEYS_MISSED_MAX) {
      missedAt.clear();
    }
    Instant before = missedAt.get(keyId);
    if (before != null && now.isBefore(before.plus(Limits.OPERATOR_KEYS_PAUSE))) {
      return false;
    }
    missedAt.put(keyId, now);
    return true;
  }

  private Listed read(@Nullable Listed seen, Instant now) {
    CompletableFuture<Listed> own = new CompletableFuture<>();
    CompletableFuture<Listed> others;
    synchronized (this) {
      Listed known = listed;
      if (known != null && !known.equals(seen)) {
        return known;
      }
      if (awayAt != null && now.isBefore(awayAt.plus(Limits.OPERATOR_KEYS_OUTAGE_PAUSE))) {
        return lastKnown(known, now, away("still away"));
      }
      others = asking;
      if (others == null) {
        asking = own;
      }
    }
    return others == null ? ask(own, now) : wait(others, now);
  }

  private Listed ask(CompletableFuture<Listed> own, Instant now) {
    try {
      Listed fresh = new Listed(Set.copyOf(provider.get()), now);
      finished(fresh, null);
      own.complete(fresh);
      return fresh;
    } catch (TalosException e) {
      finished(null, now);
      return lastKnown(listed, now, e);
    } finally {
      // Whoever waits must not wait longer than the question, however it ended.
      own.completeExceptionally(away("did not answer"));
      forget(own);
    }
  }

  private synchronized void finished(@Nullable Listed fresh, @Nullable Instant failedAt) {
    if (fresh != null) {
      listed = fresh;
    }
    awayAt = failedAt;
  }

  private synchronized void forget(CompletableFuture<Listed> own) {
    if (asking == own) {
      asking = null;
    }
  }

  private Listed wait(CompletableFuture<Listed> others, Instant now) {
    try {
      return others.get(2 * Limits.KEY_SET_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      return lastKnown(listed, now, away("did not answer"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return lastKnown(listed, now, away("interrupted"));
    }
  }

  private static TalosException away(String why) {
    return new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, "the operators' key set: " + why);
  }

  private static Listed lastKnown(@Nullable Listed known, Instant now, TalosException away) {
    if (known == null || known.isOlderThan(Limits.OPERATOR_KEYS_STALE, now)) {
      throw away;
    }
    return known;
  }
}
