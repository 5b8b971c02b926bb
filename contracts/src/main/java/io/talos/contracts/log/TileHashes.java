package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers for complete subtrees from tiles, asking for each tile once and hashing no node twice. A
 * proof from a tree of <i>n</i> leaves touches at most two tiles for each of the log256 <i>n</i>
 * levels, and hashes nothing at all below the tree's right edge when the trees come out of a {@link
 * Trees} that keeps them. Not thread safe: make one for each proof.
 */
public final class TileHashes implements MerkleTree.Hashes {
  private final Trees trees;
  private final Map<Address, TileTree> asked = new HashMap<>();

  private record Address(int level, long index) {}

  /** Where tiles come from. */
  @FunctionalInterface
  public interface Reader {
    /** The hashes of a tile in order; fewer than 256 when it is not full. */
    List<Bytes> tile(int level, long index);
  }

  /** Where the trees over tiles come from: a reader of tiles, or a memory before one. */
  @FunctionalInterface
  public interface Trees {
    /**
     * The tree over a tile.
     *
     * @param width the tile's hashes that are needed at least; a narrower tree is a missing hash
     */
    TileTree tree(int level, long index, int width);
  }

  /** Hashes that {@code reader} fetches. */
  public TileHashes(Reader reader) {
    this.trees = (level, index, width) -> TileTree.of(reader.tile(level, index));
  }

  private TileHashes(Trees trees) {
    this.trees = trees;
  }

  /** Hashes out of {@code trees}. */
  public static TileHashes of(Trees trees) {
    return new TileHashes(trees);
  }

  /**
   * {@inheritDoc}
   *
   * @throws TalosException {@link ErrorCode#AUDIT_LOG_HALTED} when a hash that must exist does not
   */
  @Override
  public Bytes subtree(int height, long index) {
    int within = height % Tile.HEIGHT;
    long first = index << within;
    int from = (int) (first % Tile.WIDTH_FULL);
    int width = from + (1 << within);
    TileTree tree = tree(new Address(height / Tile.HEIGHT, first / Tile.WIDTH_FULL), width);
    if (width > tree.width()) {
      throw new TalosException(ErrorCode.AUDIT_LOG_HALTED, "a hash of the tree is missing");
    }
    return tree.node(within, from >> within);
  }

  private TileTree tree(Address at, int width) {
    TileTree known = asked.get(at);
    if (known == null || known.width() < width) {
      known = trees.tree(at.level, at.index, width);
      asked.put(at, known);
    }
    return known;
  }

  /** The root over a number of sibling hashes that is a power of two. */
  public static Bytes rootOf(List<Bytes> hashes) {
    List<Bytes> row = hashes;
    while (row.size() > 1) {
      List<Bytes> above = new ArrayList<>(row.size() / 2);
      for (int i = 0; i < row.size(); i += 2) {
        above.add(MerkleTree.nodeHash(row.get(i), row.get(i + 1)));
      }
      row = above;
    }
    return row.get(0);
  }
}
