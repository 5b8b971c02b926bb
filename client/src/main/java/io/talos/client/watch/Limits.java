package io.talos.client.watch;

/** Bounds of a watch. */
public final class Limits {
  /** Most sources of one log; a node has 16. */
  public static final int SOURCES_MAX = 4_096;

  /** Largest state file in bytes. */
  public static final int STATE_BYTES_MAX = 1 << 20;

  private Limits() {}
}
