package io.talos.client;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.time.Duration;

/** Waits before something is asked again. */
final class Pause {
  private Pause() {}

  static void of(Duration wait) {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, "interrupted", e);
    }
  }
}
