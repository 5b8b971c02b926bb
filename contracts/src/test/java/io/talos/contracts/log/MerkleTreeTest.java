package io.talos.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Hex;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Roots and proofs are those of RFC 6962, for every tree of up to 300 leaves. */
class MerkleTreeTest {
  private static final int SIZE_MAX = 300;

  private final List<Bytes> leaves =
      IntStream.range(0, SIZE_MAX).mapToObj(i -> Bytes.utf8("leaf " + i)).toList();
  private final NaiveMerkle naive = new NaiveMerkle(leaves.stream().map(Bytes::toArray).toList());
  private final MerkleTree.Hashes hashes = MemoryTiles.of(leaves);

  @Test
  void the_root_of_every_tree_up_to_300_leaves_is_the_definitions() {
    for (int size = 0; size <= SIZE_MAX; size++) {
      assertThat(MerkleTree.root(size, hashes)).as("size %d", size).isEqualTo(root(size));
    }
  }

  @Test
  void every_inclusion_proof_is_the_definitions_and_verifies() {
    for (int size = 1; size <= SIZE_MAX; size++) {
      for (int index = 0; index < size; index++) {
        List<Bytes> path = MerkleTree.inclusion(index, size, hashes);
        assertThat(path).isEqualTo(bytes(naive.path(index, 0, size)));
        assertThat(MerkleProof.includes(hash(index), index, size, path, root(size)))
            .as("leaf %d of %d", index, size)
            .isTrue();
      }
    }
  }

  @Test
  void every_consistency_proof_is_the_definitions_and_verifies() {
    for (int to = 1; to <= SIZE_MAX; to++) {
      for (int from = 1; from <= to; from++) {
        List<Bytes> path = MerkleTree.consistency(from, to, hashes);
        assertThat(path).isEqualTo(bytes(naive.subproof(from, 0, to, true)));
        assertThat(MerkleProof.continues(from, root(from), to, root(to), path))
            .as("from %d to %d", from, to)
            .isTrue();
      }
    }
  }

  @Test
  void every_tree_continues_the_empty_one_and_only_with_an_empty_path() {
    Bytes empty = MerkleTree.emptyRoot();

    assertThat(MerkleTree.consistency(0, 7, hashes)).isEmpty();
    assertThat(MerkleProof.continues(0, empty, 7, root(7), List.of())).isTrue();
    assertThat(MerkleProof.continues(0, empty, 0, empty, List.of())).isTrue();
    assertThat(MerkleProof.continues(0, empty, 0, root(1), List.of())).isFalse();
    assertThat(MerkleProof.continues(0, root(1), 7, root(7), List.of())).isFalse();
    assertThat(MerkleProof.continues(0, empty, 7, root(7), List.of(root(1)))).isFalse();
  }

  @Test
  void a_proof_mallory_changed_anywhere_is_refused() {
    for (int size : new int[] {1, 2, 3, 7, 8, 9, 100, 255, 256, 257, 300}) {
      for (int index = 0; index < size; index++) {
        List<Bytes> path = MerkleTree.inclusion(index, size, hashes);
        Bytes root = root(size);
        assertThat(MerkleProof.includes(hash((index + 1) % SIZE_MAX), index, size, path, root))
            .isFalse();
        assertThat(MerkleProof.includes(hash(index), index, size, longer(path), root)).isFalse();
        assertThat(MerkleProof.includes(hash(index), size, size, path, root)).isFalse();
        assertThat(MerkleProof.includes(hash(index), -1, size, path, root)).isFalse();
        for (int at = 0; at < path.size(); at++) {
          assertThat(MerkleProof.includes(hash(index), index, size, flipped(path, at), root))
              .isFalse();
          assertThat(MerkleProof.includes(hash(index), index, size, shorter(path, at), root))
              .isFalse();
        }
      }
    }
  }

  @Test
  void a_leaf_does_not_verify_under_another_index() {
    for (int size : new int[] {2, 3, 8, 9, 61}) {
      for (int index = 0; index < size; index++) {
        List<Bytes> path = MerkleTree.inclusion(index, size, hashes);
        for (int other = 0; other < size; other++) {
          assertThat(MerkleProof.includes(hash(index), other, size, path, root(size)))
              .isEqualTo(other == index);
        }
      }
    }
  }

  @Test
  void a_consistency_proof_mallory_changed_anywhere_is_refused() {
    for (int to : new int[] {2, 3, 8, 9, 100, 256, 257}) {
      for (int from = 1; from < to; from++) {
        List<Bytes> path = MerkleTree.consistency(from, to, hashes);
        Bytes first = root(from);
        Bytes second = root(to);
        assertThat(MerkleProof.continues(from, second, to, second, path)).isFalse();
        assertThat(MerkleProof.continues(from, first, to, first, path)).isFalse();
        assertThat(MerkleProof.continues(from, first, to, second, longer(path))).isFalse();
        assertThat(MerkleProof.continues(to, first, from, second, path)).isFalse();
        for (int at = 0; at < path.size(); at++) {
          assertThat(MerkleProof.continues(from, first, to, second, flipped(path, at))).isFalse();
          assertThat(MerkleProof.continues(from, first, to, second, shorter(path, at))).isFalse();
        }
      }
    }
  }

  /** Source: RFC 6962 §2.1 (the hash of nothing; a leaf of no bytes) and FIPS 180-4. */
  @Test
  void the_empty_tree_and_the_empty_leaf_have_their_known_hashes() {
    assertThat(MerkleTree.emptyRoot().hex())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(MerkleTree.leafHash(Bytes.empty()).hex())
        .isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
  }

  /** Source: google/certificate-transparency, cpp/merkletree/merkle_tree_test.cc, test vectors. */
  @Test
  void the_roots_of_the_certificate_transparency_example_are_met() {
    List<Bytes> example =
        List.of(
            Bytes.empty(),
            Hex.decode("00"),
            Hex.decode("10"),
            Hex.decode("2021"),
            Hex.decode("3031"),
            Hex.decode("40414243"),
            Hex.decode("5051525354555657"),
            Hex.decode("606162636465666768696a6b6c6d6e6f"));
    List<String> roots =
        List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    for (int size = 1; size <= example.size(); size++) {
      assertThat(MerkleTree.root(size, MemoryTiles.of(example)).hex())
          .isEqualTo(roots.get(size - 1));
    }
  }

  @Test
  void a_tree_of_70000_leaves_spans_three_levels_of_tiles_and_still_proves() {
    int size = 70_000;
    List<Bytes> many =
        IntStream.range(0, size).mapToObj(i -> Bytes.utf8(Integer.toString(i))).toList();
    MerkleTree.Hashes tiles = MemoryTiles.of(many);
    NaiveMerkle slow = new NaiveMerkle(many.stream().map(Bytes::toArray).toList());

    Bytes root = MerkleTree.root(size, tiles);
    List<Bytes> path = MerkleTree.inclusion(65_535, size, tiles);
    List<Bytes> growth = MerkleTree.consistency(65_537, size, tiles);

    assertThat(root).isEqualTo(Bytes.of(slow.mth(0, size)));
    assertThat(
            MerkleProof.includes(MerkleTree.leafHash(many.get(65_535)), 65_535, size, path, root))
        .isTrue();
    assertThat(MerkleProof.continues(65_537, Bytes.of(slow.mth(0, 65_537)), size, root, growth))
        .isTrue();
  }

  private Bytes hash(int index) {
    return MerkleTree.leafHash(leaves.get(index));
  }

  private Bytes root(int size) {
    return Bytes.of(naive.mth(0, size));
  }

  private static List<Bytes> bytes(List<byte[]> hashes) {
    return hashes.stream().map(Bytes::of).toList();
  }

  private static List<Bytes> flipped(List<Bytes> path, int at) {
    byte[] hash = path.get(at).toArray();
    hash[at % hash.length] ^= 1;
    List<Bytes> changed = new ArrayList<>(path);
    changed.set(at, Bytes.of(hash));
    return changed;
  }

  private static List<Bytes> shorter(List<Bytes> path, int at) {
    List<Bytes> changed = new ArrayList<>(path);
    changed.remove(at);
    return changed;
  }

  private List<Bytes> longer(List<Bytes> path) {
    List<Bytes> changed = new ArrayList<>(path);
    changed.add(hash(0));
    return changed;
  }
}
