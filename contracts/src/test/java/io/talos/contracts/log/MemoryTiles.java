package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import java.util.ArrayList;
import java.util.List;

/** A log's tiles in memory, built by hashing full tiles into the level above. */
final class MemoryTiles {
  private final List<List<Bytes>> levels = new ArrayList<>();

  MemoryTiles(List<Bytes> leaves) {
    levels.add(leaves.stream().map(MerkleTree::leafHash).toList());
    for (List<Bytes> top = levels.get(0); top.size() >= Tile.WIDTH_FULL; top = above(top)) {
      levels.add(above(top));
    }
  }

  static MerkleTree.Hashes of(List<Bytes> leaves) {
    return new TileHashes(new MemoryTiles(leaves)::tile);
  }

  List<Bytes> tile(int level, long index) {
    List<Bytes> hashes = levels.get(level);
    int from = (int) index * Tile.WIDTH_FULL;
    return hashes.subList(from, Math.min(hashes.size(), from + Tile.WIDTH_FULL));
  }

  List<Bytes> level(int level) {
    return levels.get(level);
  }

  private static List<Bytes> above(List<Bytes> hashes) {
    List<Bytes> roots = new ArrayList<>();
    for (int at = 0; at + Tile.WIDTH_FULL <= hashes.size(); at += Tile.WIDTH_FULL) {
      roots.add(TileHashes.rootOf(hashes.subList(at, at + Tile.WIDTH_FULL)));
    }
    return roots;
  }
}
