package io.talos.identity.didweb;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often the hosts of each domain were asked in its window. */
final class DomainBudget {
  private final Remembered<String, AtomicInteger> spent = new Remembered<>(Limits.REMEMBERED_MAX);

  /** Counts one fetch; false when the window's are used up. */
  synchronized boolean spend(String domain, Instant now) {
    AtomicInteger count =
        spent
            .find(domain, now)
            .orElseGet(
                () -> {
                  AtomicInteger fresh = new AtomicInteger();
                  spent.put(domain, fresh, now.plus(Limits.DOMAIN_WINDOW));
                  return fresh;
                });
    return count.incrementAndGet() <= Limits.DOMAIN_FETCHES_MAX;
  }
}
