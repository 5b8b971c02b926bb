package io.talos.audit.recheck;

import io.talos.contracts.Bytes;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.Tile;
import java.util.ArrayList;
import java.util.List;

/**
 * The log's tree, computed again leaf by leaf: no node is hashed twice, at most 62 hashes are kept,
 * and the hashes of the tiles' levels are told as they become known. Not thread safe.
 *
 * <p>Source: RFC 6962 §2.1; C2SP tlog-tiles, "Merkle Tree".
 */
final class GrowingTree {
  private final List<Bytes> complete = new ArrayList<>();
  private long size;

  /** Hears of the hashes above level 0. */
  @FunctionalInterface
  interface Above {
    void hash(int level, long position, Bytes hash);
  }

  /** Appends a leaf's hash. */
  void append(Bytes leafHash, Above above) {
    Bytes hash = leafHash;
    int height = 0;
    for (long bits = size; (bits & 1) == 1; bits >>>= 1) {
      hash = MerkleTree.nodeHash(complete.remove(complete.size() - 1), hash);
      height++;
      if (height % Tile.HEIGHT == 0) {
        above.hash(height / Tile.HEIGHT, size >>> height, hash);
      }
    }
    complete.add(hash);
    size++;
  }

  /** How many leaves there are. */
  long size() {
    return size;
  }

  /** The root over them. */
  Bytes root() {
    if (complete.isEmpty()) {
      return MerkleTree.emptyRoot();
    }
    Bytes root = complete.get(complete.size() - 1);
    for (int i = complete.size() - 2; i >= 0; i--) {
      root = MerkleTree.nodeHash(complete.get(i), root);
    }
    return root;
  }
}
