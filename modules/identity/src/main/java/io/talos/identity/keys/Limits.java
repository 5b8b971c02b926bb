package io.talos.identity.keys;

import java.time.Duration;

/** How large a virtual key is and how long it may live. */
public final class Limits {
  /** Longest name in characters. */
  public static final int NAME_CHARACTERS_MAX = 100;

  /** Random bytes of a key. */
  public static final int SECRET_SIZE = 32;

  /** Longest life of a key. */
  public static final Duration LIFETIME_MAX = Duration.ofDays(366);

  private Limits() {}
}
