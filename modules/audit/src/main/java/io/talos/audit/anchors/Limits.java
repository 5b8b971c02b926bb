package io.talos.audit.anchors;

import java.time.Duration;

/** Bounds of anchoring. */
public final class Limits {
  /** Most tasks of one lane in one run. */
  public static final int BATCH = 8;

  /** How long a node may keep a lane to itself without saying so again. */
  public static final Duration LEASE = Duration.ofMinutes(3);

  /** The first wait after a failure; each further one doubles it. */
  public static final Duration BACKOFF_MIN = Duration.ofSeconds(2);

  /** How long another server may take to answer. */
  public static final Duration ANSWER_MAX = Duration.ofSeconds(5);

  /** Largest answer of another server in bytes. */
  public static final int ANSWER_BYTES_MAX = 2 << 20;

  /** Most connections at once. */
  public static final int CONNECTIONS_MAX = 8;

  /** Most witnesses that are asked, and most logs that are witnessed. */
  public static final int WITNESSES_MAX = 8;

  /** Most epochs or blocks on one page. */
  public static final int PAGE_MAX = 100;

  /** Most checkpoints that wait on the chain at once. */
  public static final int EVM_IN_FLIGHT_MAX = 64;

  /** Most transactions that are signed for one checkpoint. */
  public static final int EVM_ATTEMPTS_MAX = 64;

  /** Most bits of work of a block: some 16 ms of one core, and seldom more than 50. */
  public static final int WORK_BITS_MAX = 14;

  private Limits() {}
}
