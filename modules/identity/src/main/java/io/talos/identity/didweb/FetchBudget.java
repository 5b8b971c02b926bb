package io.talos.identity.didweb;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts fetches by whom they are for or of, each in a window of its own. */
final class FetchBudget {
  private final Remembered<String, AtomicInteger> spent = new Remembered<>(Limits.REMEMBERED_MAX);

  private final int most;

  /** At most {@code most} for each name in {@link Limits#WINDOW}. */
  FetchBudget(int most) {
    this.most = most;
  }

  /** Counts one fetch; false when the window's are used up. */
  synchronized boolean spend(String name, Instant now) {
    AtomicInteger count =
        spent
            .find(name, now)
            .orElseGet(
                () -> {
                  AtomicInteger fresh = new AtomicInteger();
                  spent.put(name, fresh, now.plus(Limits.WINDOW));
                  return fresh;
                });
    return count.incrementAndGet() <= most;
  }
}
