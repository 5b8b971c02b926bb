package io.talos.client.watch;

import io.talos.contracts.log.Tile;

/** Bounds of a watch. */
public final class Limits {
  /** Most sources of one log; a node has 16. */
  public static final int SOURCES_MAX = 4_096;

  /** Most numbers that came before their turn; each log that followed has at most one. */
  public static final int EARLY_MAX = 100;

  /** Largest state file in bytes. */
  public static final int STATE_BYTES_MAX = 1 << 20;

  /** Most numbers of a source that are looked for at once. */
  public static final int RANGE_MAX = 10_000_000;

  /** Largest file of a log in a folder: a full bundle of the largest entries. */
  public static final int TILE_BYTES_MAX =
      Tile.WIDTH_FULL * (2 + io.talos.contracts.log.Limits.ENTRY_BYTES_MAX);

  private Limits() {}
}
