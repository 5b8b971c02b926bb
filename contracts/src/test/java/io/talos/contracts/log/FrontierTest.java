package io.talos.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whoever only appends comes to the same root as whoever knows the whole tree. */
class FrontierTest {
  private static final int SIZE_MAX = 300;

  private final List<Bytes> leaves =
      IntStream.range(0, SIZE_MAX).mapToObj(i -> Bytes.utf8("leaf " + i)).toList();
  private final MerkleTree.Hashes hashes = MemoryTiles.of(leaves);

  @Test
  void its_root_is_the_trees_at_every_size_and_after_every_rest() {
    Frontier frontier = new Frontier();
    for (int size = 0; size < SIZE_MAX; size++) {
      assertThat(frontier.size()).isEqualTo(size);
      assertThat(frontier.root()).as("size %d", size).isEqualTo(MerkleTree.root(size, hashes));
      assertThat(frontier.hashes()).hasSize(Long.bitCount(size));

      frontier = new Frontier(size, frontier.hashes());
      frontier.append(MerkleTree.leafHash(leaves.get(size)));
    }
  }

  @Test
  void a_frontier_that_no_tree_has_is_refused() {
    Bytes hash = MerkleTree.emptyRoot();

    assertThatThrownBy(() -> new Frontier(2, List.of(hash, hash)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Frontier(1, List.of(hash.slice(0, 31))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Frontier(-1, List.of(hash)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
