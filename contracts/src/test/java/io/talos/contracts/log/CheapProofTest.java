package io.talos.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Mallory asks for proofs over and over; what one costs grows with the tree's height only. */
class CheapProofTest {
  private static final int SIZE = 70_000;
  private static final int LEVELS = 3;

  private final MemoryTiles tiles =
      new MemoryTiles(IntStream.range(0, SIZE).mapToObj(i -> Bytes.utf8("e" + i)).toList());
  private final Map<String, TileTree> kept = new HashMap<>();
  private int read;

  private TileTree keep(int level, long index, int width) {
    return kept.computeIfAbsent(
        level + "/" + index,
        at -> {
          read++;
          return TileTree.of(tiles.tile(level, index));
        });
  }

  @Test
  void a_proof_reads_at_most_two_tiles_of_each_level() {
    for (int index = 0; index < SIZE; index += 997) {
      kept.clear();
      read = 0;

      MerkleTree.inclusion(index, SIZE, TileHashes.of(this::keep));

      assertThat(read).as("leaf %d", index).isBetween(1, 2 * LEVELS);
    }
  }

  @Test
  void proofs_out_of_kept_tiles_read_nothing_and_are_the_same() {
    for (int index = 0; index < SIZE; index += 997) {
      var first = MerkleTree.inclusion(index, SIZE, TileHashes.of(this::keep));
      int before = read;

      var again = MerkleTree.inclusion(index, SIZE, TileHashes.of(this::keep));

      assertThat(again)
          .isEqualTo(first)
          .isEqualTo(MerkleTree.inclusion(index, SIZE, new TileHashes(tiles::tile)));
      assertThat(read).isEqualTo(before);
    }
  }
}
