package io.talos.identity.prekeys;

import java.time.Duration;

/** How many prekeys an agent may leave here, and for how long. */
public final class Limits {
  /** Most one-time prekeys of one agent. */
  public static final int ONE_TIME_PREKEYS_MAX = 100;

  /** Most one-time KEM prekeys of one agent. */
  public static final int ONE_TIME_KEM_PREKEYS_MAX = 100;

  /** Longest time that a signed prekey may still have when it is published. */
  public static final Duration SIGNED_PREKEY_LIFETIME_MAX = Duration.ofDays(30);

  /** From this many one-time prekeys of a kind down their owner should bring more. */
  public static final int ONE_TIME_PREKEYS_LOW = 10;

  /**
   * How many one-time prekeys of one agent and kind one caller gets within {@link #CLAIM_WINDOW}.
   */
  public static final int CLAIMS_MAX = 5;

  /** Over how long the claims of one caller are counted. */
  public static final Duration CLAIM_WINDOW = Duration.ofHours(1);

  /** How long it is remembered that a one-time prekey was claimed. */
  public static final Duration CLAIM_MEMORY = Duration.ofDays(90);

  private Limits() {}
}
