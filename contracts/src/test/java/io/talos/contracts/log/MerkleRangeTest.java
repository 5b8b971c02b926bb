package io.talos.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.TalosException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mallory leaves a leaf out of a range, puts one in, or moves the range. */
class MerkleRangeTest {
  private static final int SIZE_MAX = 33;

  private static List<Bytes> leaves(int size) {
    List<Bytes> hashes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      hashes.add(MerkleTree.leafHash(Bytes.utf8("leaf " + i)));
    }
    return hashes;
  }

  private static MerkleTree.Hashes over(List<Bytes> leaves) {
    return (height, index) -> {
      List<Bytes> row = leaves.subList((int) (index << height), (int) ((index + 1) << height));
      return TileHashes.rootOf(row);
    };
  }

  private static Bytes root(int begin, int end, int size, List<Bytes> leaves, List<Bytes> path) {
    Iterator<Bytes> next = leaves.iterator();
    return MerkleRange.root(begin, end, size, next::next, path);
  }

  @Test
  void every_range_of_every_small_tree_gives_its_root_and_no_shifted_one_does() {
    for (int size = 1; size <= SIZE_MAX; size++) {
      List<Bytes> leaves = leaves(size);
      Bytes root = MerkleTree.root(size, over(leaves));
      for (int begin = 0; begin < size; begin++) {
        for (int end = begin + 1; end <= size; end++) {
          List<Bytes> path = MerkleRange.path(begin, end, size, over(leaves));
          List<Bytes> range = leaves.subList(begin, end);

          assertThat(root(begin, end, size, range, path)).isEqualTo(root);
          if (end < size) {
            List<Bytes> shifted = leaves.subList(begin + 1, end + 1);
            assertThat(root(begin, end, size, shifted, path)).isNotEqualTo(root);
          }
        }
      }
    }
  }

  @Test
  void a_path_that_is_longer_or_shorter_proves_nothing() {
    List<Bytes> leaves = leaves(20);
    List<Bytes> path = MerkleRange.path(3, 9, 20, over(leaves));
    List<Bytes> longer = new ArrayList<>(path);
    longer.add(leaves.get(0));

    for (List<Bytes> wrong : List.of(longer, path.subList(0, path.size() - 1), List.<Bytes>of())) {
      assertThatThrownBy(() -> root(3, 9, 20, leaves.subList(3, 9), wrong))
          .isInstanceOf(TalosException.class);
    }
  }

  @Test
  void no_hash_of_a_path_can_be_another() {
    List<Bytes> leaves = leaves(27);
    Bytes root = MerkleTree.root(27, over(leaves));
    List<Bytes> path = MerkleRange.path(5, 17, 27, over(leaves));

    for (int i = 0; i < path.size(); i++) {
      List<Bytes> forged = new ArrayList<>(path);
      forged.set(i, leaves.get(0));
      assertThat(root(5, 17, 27, leaves.subList(5, 17), forged)).isNotEqualTo(root);
    }
  }
}
