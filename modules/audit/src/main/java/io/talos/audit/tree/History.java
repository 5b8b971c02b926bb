package io.talos.audit.tree;

import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.TileHashes;

/** Whether what the database says now continues what was published before. */
public final class History {
  private History() {}

  /**
   * Whether the tree whose newest checkpoint is {@code now} begins with the tree of {@code seen},
   * judged by the stored hashes. A checkpoint of another log is not continued.
   */
  public static boolean continues(Checkpoint seen, Checkpoint now, TileHashes.Reader tiles) {
    return seen.origin().equals(now.origin())
        && seen.size() <= now.size()
        && MerkleTree.root(seen.size(), new TileHashes(tiles)).equals(seen.root());
  }
}
