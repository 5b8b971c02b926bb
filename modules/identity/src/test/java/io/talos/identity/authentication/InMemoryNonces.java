package io.talos.identity.authentication;

import io.talos.contracts.did.Did;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Nonces in a set that can be lost. */
public final class InMemoryNonces implements Nonces {
  private record Spent(Did signer, String nonce) {}

  private final Duration skew;
  private final Set<Spent> spent = new HashSet<>();
  private Optional<Instant> since = Optional.empty();

  public InMemoryNonces(Duration skew) {
    this.skew = skew;
  }

  /** Forgets everything, as a Redis that starts again does. */
  public void lose() {
    spent.clear();
    since = Optional.empty();
  }

  /** How many nonces are remembered. */
  public int size() {
    return spent.size();
  }

  @Override
  public Verdict spend(Did signer, String nonce, Instant created, Instant expires, Instant now) {
    if (created.isBefore(completeSince(now).plus(skew))) {
      return Verdict.OLDER_THAN_MEMORY;
    }
    return spent.add(new Spent(signer, nonce)) ? Verdict.FRESH : Verdict.SEEN;
  }

  @Override
  public Instant completeSince(Instant now) {
    since = Optional.of(since.orElse(now));
    return since.get();
  }

  @Override
  public Duration blindFor() {
    return skew;
  }
}
