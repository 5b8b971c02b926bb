package io.talos.audit.tree;

/** Bounds of this module. */
public final class Limits {
  /** Most events that one transaction appends to the log. */
  public static final int BATCH = 5_000;

  /** Most batches in one run of the sequencer. */
  public static final int BATCHES_PER_RUN = 20;

  /** Most admissions that one run of the sweeper closes. */
  public static final int SWEEP_BATCH = 100;

  /** Most events on one page of a listing. */
  public static final int PAGE_MAX = 200;

  /** Most entries that one page of those who follow the log looks through. */
  public static final int FOLLOWED_MAX = 10_000;

  /** How many entries behind the log a reader may be that follows it live. */
  public static final int BEHIND_MAX = 100_000;

  /** Most readers that wait for events on one node. */
  public static final int FOLLOWERS_MAX = 1_000;

  /** Most entries in one part of an export. */
  public static final int EXPORTED_MAX = 500;

  /** A part of an export ends with the line that reaches this length. */
  public static final int PART_CHARACTERS_MAX = 1 << 20;

  /** Most buckets of one statistic. */
  public static final int BUCKETS_MAX = 200;

  /** Sources of one node; as many transactions count at the same time. */
  public static final int STRIPES = 16;

  /** Most logs that are listed, the newest; each but the first followed a loss. */
  public static final int LOGS_LISTED = 100;

  /** Most losses that are listed of one log; each was found by a node that knew of more. */
  public static final int LOSSES_LISTED = 20;

  /** Most tiles that are kept in memory for the next proofs, about 16 MB. */
  public static final int TILES_KEPT = 1_024;

  /** Most keys for addresses that are looked at in one run; one is made in a period. */
  public static final int ADDRESS_KEYS_MAX = 100;

  private Limits() {}
}
