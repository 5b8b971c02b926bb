package io.talos.policy.rights;

import io.talos.contracts.Bytes;
import io.talos.policy.rights.Revocations.Head;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The newest head of the revocation feed as it was signed: one signature a second for each head,
 * however many ask. Thread safe.
 *
 * <p>A head says the whole second in which it was signed, so that nodes that answer in turn say no
 * earlier time than the one before did.
 */
public final class SignedHead {
  private final AtomicReference<@Nullable Kept> newest = new AtomicReference<>();

  private record Kept(Head head, Instant second, Bytes signed) {}

  /**
   * {@code head} as it is signed in this second.
   *
   * @param sign signs the head, issued at the time that it is given
   */
  public Bytes of(Head head, Instant now, Function<Instant, Bytes> sign) {
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    Kept kept = newest.get();
    if (kept != null && kept.head().equals(head) && kept.second().equals(second)) {
      return kept.signed();
    }
    Bytes signed = sign.apply(second);
    newest.set(new Kept(head, second, signed));
    return signed;
  }
}
