package io.talos.runtime.waiting;

import java.time.Instant;

/** Somebody who waits for frames. Only one thread at a time is in it; it throws nothing. */
public interface Reader {
  /**
   * Looks whether something came.
   *
   * @param now when
   * @return whether it waits on; if not, its place is free
   */
  boolean look(Instant now);

  /** When it wants to look at the latest, woken or not. */
  Instant due();

  /** The node ends: whatever is to be said is said now. */
  void end();
}
