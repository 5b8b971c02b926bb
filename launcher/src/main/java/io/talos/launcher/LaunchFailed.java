package io.talos.launcher;

import org.jspecify.annotations.Nullable;

/**
 * The stack cannot run; the message is written for the person at the keyboard and says what to do.
 */
public final class LaunchFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure whose message already says everything. */
  public LaunchFailed(String message) {
    super(message);
  }

  /** A failure with a cause, which is shown only when debugging. */
  public LaunchFailed(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
