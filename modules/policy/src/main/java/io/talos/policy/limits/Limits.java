package io.talos.policy.limits;

import java.time.Duration;

/** Every bound of this package. */
public final class Limits {
  /** Longest idempotency key in characters. */
  public static final int IDEMPOTENCY_KEY_CHARACTERS_MAX = 128;

  /** Largest answer that is kept for an idempotency key. */
  public static final int ANSWER_BYTES_MAX = 64 << 10;

  /** How long an answer is kept. */
  public static final Duration ANSWER_LIFETIME = Duration.ofHours(24);

  /**
   * How long an idempotency key stays taken while its request runs; longer than any handler may
   * take, because a second run is what the key is there to prevent.
   */
  public static final Duration RUNNING_MAX = Duration.ofMinutes(15);

  /** How long Redis believes a call count before the journal is asked again. */
  public static final Duration COUNT_LIFETIME = Duration.ofHours(1);

  /** How often one reservation catches up (revocations, call counts) before it gives up. */
  public static final int CATCH_UPS_MAX = 8;

  /** How long an allowance stays after its link has ended, for nodes whose clocks lag behind. */
  public static final Duration ENDED_ALLOWANCE_KEPT = Duration.ofDays(1);

  /** How long the use of an allowance by one request stays. */
  public static final Duration USE_KEPT = Duration.ofDays(7);

  /** How many rows of a table one sweep deletes. */
  public static final int SWEEP_ROWS_MAX = 10_000;

  /** How many sweeps follow each other at most while there is more to sweep. */
  public static final int SWEEPS_MAX = 60;

  private Limits() {}
}
