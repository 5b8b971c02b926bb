package io.talos.container.tested;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something that happens soon, and fails when it does not. */
public final class Patiently {
  private static final Duration MOST = Duration.ofSeconds(30);
  private static final Duration STEP = Duration.ofMillis(50);

  private Patiently() {}

  /** Returns as soon as {@code condition} holds. */
  public static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + MOST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new AssertionError("did not happen within " + MOST + ": " + what);
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }
}
