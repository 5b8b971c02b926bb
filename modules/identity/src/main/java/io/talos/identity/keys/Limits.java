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

  /** Longest name of a pepper in characters. */
  public static final int PEPPER_CHARACTERS_MAX = 100;

  /** How exactly the last use of a key is known; a busy key is written once in this time. */
  public static final Duration USE_RESOLUTION = Duration.ofMinutes(1);

  /** Most keys of a page. */
  public static final int PAGE_MAX = 200;

  private Limits() {}
}
