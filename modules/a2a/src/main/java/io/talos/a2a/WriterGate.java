package io.talos.a2a;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Lets a few writers at a time to one thing, an inbox or a group. They wait for each other in the
 * database, each with a connection in hand; so the many who write to one busy thing must not hold
 * all of them. Those who wait here hold a thread alone. Thread safe.
 */
@ApplicationScoped
public class WriterGate {
  /** Most writers of one node that are at one thing at once. */
  static final int WIDTH = 4;

  /** How many gates there are; things share them by hash, so memory is bounded. */
  private static final int GATES = 1024;

  private final Semaphore[] gates = new Semaphore[GATES];

  WriterGate() {
    for (int i = 0; i < GATES; i++) {
      gates[i] = new Semaphore(WIDTH, true);
    }
  }

  /** Does {@code work} at the thing of that name; empty when it did not get in within the time. */
  <R> Optional<R> within(String name, Duration atMost, Supplier<R> work) {
    Semaphore gate = gates[Math.floorMod(name.hashCode(), GATES)];
    try {
      if (!gate.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
        return Optional.empty();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
    try {
      return Optional.of(work.get());
    } finally {
      gate.release();
    }
  }
}
