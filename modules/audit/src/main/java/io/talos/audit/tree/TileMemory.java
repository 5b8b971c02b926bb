package io.talos.audit.tree;

import io.talos.contracts.log.TileHashes;
import io.talos.contracts.log.TileTree;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The tiles that proofs were made of last, hashed: the next proof reads and hashes only what is not
 * here. At most {@link Limits#TILES_KEPT} of them, 16 KB each; whoever was not asked for longest
 * goes first. Thread safe.
 *
 * <p>For proofs only, which are verified before they are given out. What is signed is computed from
 * the rows themselves: a memory would not see that they were changed.
 */
public final class TileMemory {
  private static final float LOAD = 0.75f;

  private final Map<Address, TileTree> kept;

  private record Address(long log, int level, long index) {}

  /** A memory of the usual size. */
  public TileMemory() {
    this(Limits.TILES_KEPT);
  }

  /** A memory of {@code most} tiles. */
  TileMemory(int most) {
    kept =
        new LinkedHashMap<>(16, LOAD, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Address, TileTree> eldest) {
            return size() > most;
          }
        };
  }

  /** The tiles of {@code log}: from here, or else from {@code reader}. */
  public TileHashes.Trees before(LogName log, TileHashes.Reader reader) {
    return (level, index, width) -> {
      Address at = new Address(log.id(), level, index);
      // A tile that grew since it was kept is read again as soon as its new end is needed.
      return find(at, width).orElseGet(() -> keep(at, TileTree.of(reader.tile(level, index))));
    };
  }

  private synchronized Optional<TileTree> find(Address at, int width) {
    return Optional.ofNullable(kept.get(at)).filter(tree -> tree.width() >= width);
  }

  private synchronized TileTree keep(Address at, TileTree tree) {
    kept.put(at, tree);
    return tree;
  }

  /** How many tiles are kept. */
  synchronized int size() {
    return kept.size();
  }
}
