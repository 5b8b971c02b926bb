package io.talos.audit.recheck;

/** Bounds of a recheck. */
public final class Limits {
  /** Entries of one reading transaction; whole tiles. */
  public static final int BATCH = 4_096;

  /** Rows with an event's text that the database hands over at once; a text has up to 256 KB. */
  public static final int FETCH = 256;

  /** Checkpoints that are read at once. */
  public static final int CHECKPOINTS = 500;

  /** Most sources that are counted along; a node has {@code STRIPES} of them. */
  public static final int SOURCES_MAX = 100_000;

  /** Sources that are read at once. */
  public static final int SOURCES_PAGE = 500;

  private Limits() {}
}
