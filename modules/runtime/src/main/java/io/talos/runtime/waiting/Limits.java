package io.talos.runtime.waiting;

import java.time.Duration;

/** How many may wait, and for how long. */
public final class Limits {
  /** Most readers of one agent that wait on one node at once. */
  public static final int PER_AGENT_MAX = 8;

  /** Longest wait for a frame in seconds. */
  public static final int WAIT_SECONDS_MAX = 30;

  /** Most looks into the database at once. */
  public static final int LOOKS_MAX = 8;

  /** How often a reader looks that nobody woke: a message between nodes may be lost. */
  public static final Duration LOOK_EVERY = Duration.ofSeconds(10);

  private Limits() {}
}
