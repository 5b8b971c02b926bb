package io.talos.contracts.revocation;

/** Every bound of this package. */
public final class Limits {
  /** How many ids a page of the feed holds: 128 KiB. */
  public static final int PAGE_IDS = 4096;

  /** Largest head in bytes. */
  public static final int HEAD_BYTES_MAX = 2048;

  /** Deepest nesting of a head's JSON. */
  public static final int HEAD_DEPTH_MAX = 2;

  /** How many values a head's JSON has at most. */
  public static final int HEAD_VALUES_MAX = 16;

  /** How many revocations a follower keeps: about 100 bytes each. */
  public static final long IDS_MAX = 50_000_000;

  private Limits() {}
}
