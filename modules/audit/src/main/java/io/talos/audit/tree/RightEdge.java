package io.talos.audit.tree;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.Tile;
import io.talos.contracts.log.TileHashes;
import java.util.ArrayList;
import java.util.List;

/**
 * The partial tiles at the right edge of a log's tree: all that is needed to append to the tree and
 * to know its root, at most 255 hashes a level. Not thread safe.
 *
 * <p>Source: C2SP tlog-tiles, "Partial Tiles".
 */
public final class RightEdge {
  private final List<List<Bytes>> partial = new ArrayList<>();
  private final List<TreeHash> fresh = new ArrayList<>();
  private long size;

  private RightEdge(long size) {
    this.size = size;
  }

  /**
   * The edge of a tree of {@code size} leaves.
   *
   * @throws TalosException {@link ErrorCode#AUDIT_LOG_HALTED} when the stored tiles hold more or
   *     fewer hashes than a tree of this size
   */
  public static RightEdge read(long size, TileHashes.Reader tiles) {
    RightEdge edge = new RightEdge(size);
    int level = 0;
    do {
      long count = Tile.hashesAt(level, size);
      List<Bytes> tile = tiles.tile(level, count / Tile.WIDTH_FULL);
      if (tile.size() != count % Tile.WIDTH_FULL) {
        throw new TalosException(ErrorCode.AUDIT_LOG_HALTED, "the tree's edge has another width");
      }
      edge.partial.add(new ArrayList<>(tile));
      level++;
    } while (Tile.hashesAt(level, size) > 0);
    return edge;
  }

  /** Appends a leaf's hash, and every tile root that it completes. */
  public void append(Bytes leafHash) {
    add(0, size, leafHash);
    size++;
  }

  private void add(int level, long position, Bytes hash) {
    if (level == partial.size()) {
      partial.add(new ArrayList<>());
    }
    fresh.add(new TreeHash(level, position, hash));
    List<Bytes> tile = partial.get(level);
    tile.add(hash);
    if (tile.size() == Tile.WIDTH_FULL) {
      Bytes root = TileHashes.rootOf(tile);
      tile.clear();
      add(level + 1, position / Tile.WIDTH_FULL, root);
    }
  }

  /** How many leaves the tree has. */
  public long size() {
    return size;
  }

  /** The tree's root. */
  public Bytes root() {
    return MerkleTree.root(size, this::subtree);
  }

  /**
   * Every subtree that a root is made of lies in a partial tile: larger ones lie a level higher.
   */
  private Bytes subtree(int height, long index) {
    int count = 1 << (height % Tile.HEIGHT);
    int from = (int) (index * count % Tile.WIDTH_FULL);
    return TileHashes.rootOf(partial.get(height / Tile.HEIGHT).subList(from, from + count));
  }

  /** The hashes that were added since the edge was read, in the order added. */
  public List<TreeHash> fresh() {
    return List.copyOf(fresh);
  }
}
