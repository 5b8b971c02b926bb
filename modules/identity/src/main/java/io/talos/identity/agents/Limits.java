package io.talos.identity.agents;

import java.time.Duration;

/** How much an agent may say of itself. */
public final class Limits {
  /** Longest display name in characters. */
  public static final int DISPLAY_NAME_CHARACTERS_MAX = 100;

  /** How far the time in a key statement may lie from the server's when it is accepted. */
  public static final Duration STATEMENT_SLACK = Duration.ofMinutes(5);

  private Limits() {}
}
