package io.talos.identity.didweb;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often each host was asked in its window. */
final class HostBudget {
  private final Remembered<String, AtomicInteger> spent = new Remembered<>(Limits.REMEMBERED_MAX);

  /** Counts one fetch; false when the window's are used up. */
  synchronized boolean spend(String host, Instant now) {
    AtomicInteger count =
        spent
            .find(host, now)
            .orElseGet(
                () -> {
                  AtomicInteger fresh = new AtomicInteger();
                  spent.put(host, fresh, now.plus(Limits.HOST_WINDOW));
                  return fresh;
                });
    return count.incrementAndGet() <= Limits.HOST_FETCHES_MAX;
  }
}
