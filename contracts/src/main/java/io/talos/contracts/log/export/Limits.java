package io.talos.contracts.log.export;

/** Bounds of an export. */
public final class Limits {
  /** Most entries of one export. */
  public static final long ENTRIES_MAX = 10_000_000;

  /** Most logs of one export; each but the first followed a loss. */
  public static final int LOGS_MAX = 100;

  /** Longest line in bytes; an event of the log is a few thousand. */
  public static final int LINE_BYTES_MAX = 1 << 20;

  /** Longest cell of a CSV file in characters. */
  public static final int CELL_CHARACTERS_MAX = LINE_BYTES_MAX;

  private Limits() {}
}
