package io.talos.audit.recheck;

import java.util.function.Function;

/** How a recheck ended. */
public sealed interface Verdict {
  /**
   * Every row is what the events say.
   *
   * @param entries how many entries all logs have together
   */
  record Holds(long entries) implements Verdict {}

  /** A row is not; nothing after it was looked at. */
  record Broken(BadRow row) implements Verdict {}

  /**
   * It was told to stop; what it had looked at holds.
   *
   * @param entries how many entries it had looked at
   */
  record Cancelled(long entries) implements Verdict {}

  /** The answer of the case that it is. */
  default <R> R match(
      Function<Holds, R> holds, Function<Broken, R> broken, Function<Cancelled, R> cancelled) {
    if (this instanceof Holds verdict) {
      return holds.apply(verdict);
    }
    if (this instanceof Broken verdict) {
      return broken.apply(verdict);
    }
    return cancelled.apply((Cancelled) this);
  }
}
