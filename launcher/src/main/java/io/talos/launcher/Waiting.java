package io.talos.launcher;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for something that another process does; always with a deadline. */
final class Waiting {
  private Waiting() {}

  /** True as soon as {@code condition} holds, false when it does not within {@code limit}. */
  static boolean until(Duration limit, BooleanSupplier condition) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        return false;
      }
      pause();
    }
    return true;
  }

  static void pause() {
    try {
      Thread.sleep(Limits.POLL.toMillis());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new LaunchFailed("The launcher was interrupted.", stopping);
    }
  }
}
