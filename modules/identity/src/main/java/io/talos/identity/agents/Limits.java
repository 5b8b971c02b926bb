package io.talos.identity.agents;

/** How much an agent may say of itself. */
public final class Limits {
  /** Longest display name in characters. */
  public static final int DISPLAY_NAME_CHARACTERS_MAX = 100;

  private Limits() {}
}
