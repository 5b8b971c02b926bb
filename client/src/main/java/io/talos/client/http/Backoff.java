package io.talos.client.http;

import io.talos.contracts.Check;
import io.talos.contracts.crypto.Randomness;
import java.time.Duration;

/**
 * How long to wait before the next try: a random time below a bound that doubles with every try, so
 * that many clients which lost the same server do not all come back at once.
 *
 * @param first the bound before the second try
 * @param most the bound never grows beyond it
 */
public record Backoff(Duration first, Duration most, Randomness randomness) {
  private static final int DOUBLINGS_MAX = 30;

  /** Checks the bounds. */
  public Backoff {
    Check.that(first.toMillis() > 0 && most.compareTo(first) >= 0, "the bounds are positive");
  }

  /** The usual bounds. */
  public static Backoff usual(Randomness randomness) {
    return new Backoff(Limits.RETRY_WAIT, Limits.RETRY_WAIT_MAX, randomness);
  }

  /**
   * The wait after {@code tried} tries, at least a quarter of its bound so that it is one.
   *
   * @param tried 1 or more
   */
  public Duration after(int tried) {
    Check.that(tried > 0, "something was tried");
    long bound = Math.min(most.toMillis(), first.toMillis() << Math.min(tried - 1, DOUBLINGS_MAX));
    long least = bound / 4;
    return Duration.ofMillis(least + Math.floorMod(randomness.nextLong(), bound - least + 1));
  }
}
