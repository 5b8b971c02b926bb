package io.talos.identity.prekeys;

import java.time.Duration;

/** How many prekeys an agent may leave here, and for how long. */
public final class Limits {
  /** Most one-time prekeys of one agent. */
  public static final int ONE_TIME_PREKEYS_MAX = 100;

  /** Longest time that a signed prekey may still have when it is published. */
  public static final Duration SIGNED_PREKEY_LIFETIME_MAX = Duration.ofDays(30);

  private Limits() {}
}
