package io.talos.contracts.log;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers for complete subtrees from tiles, reading each tile once. Not thread safe: make one for
 * each proof.
 */
public final class TileHashes implements MerkleTree.Hashes {
  private final Reader reader;
  private final Map<Address, List<Bytes>> read = new HashMap<>();

  private record Address(int level, long index) {}

  /** Where tiles come from. */
  @FunctionalInterface
  public interface Reader {
    /** The hashes of a tile in order; fewer than 256 when it is not full. */
    List<Bytes> tile(int level, long index);
  }

  /** Hashes that {@code reader} fetches. */
  public TileHashes(Reader reader) {
    this.reader = reader;
  }

  /**
   * {@inheritDoc}
   *
   * @throws TalosException {@link ErrorCode#AUDIT_LOG_HALTED} when a hash that must exist does not
   */
  @Override
  public Bytes subtree(int height, long index) {
    int level = height / Tile.HEIGHT;
    int count = 1 << (height % Tile.HEIGHT);
    long first = index * count;
    List<Bytes> tile =
        read.computeIfAbsent(
            new Address(level, first / Tile.WIDTH_FULL), a -> reader.tile(a.level, a.index));
    int from = (int) (first % Tile.WIDTH_FULL);
    if (from + count > tile.size()) {
      throw new TalosException(ErrorCode.AUDIT_LOG_HALTED, "a hash of the tree is missing");
    }
    return rootOf(tile.subList(from, from + count));
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
