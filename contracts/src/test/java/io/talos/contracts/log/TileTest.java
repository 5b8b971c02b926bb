package io.talos.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tile has one path, and a path names one tile. */
class TileTest {
  /** Source: C2SP tlog-tiles, "Merkle Tree": index 1234067 is x001/x234/067. */
  @Test
  void an_index_is_written_in_groups_of_three_digits() {
    assertThat(Tile.ofHashes(0, 1_234_067, 256).path()).isEqualTo("0/x001/x234/067");
    assertThat(Tile.ofHashes(63, 0, 1).path()).isEqualTo("63/000.p/1");
    assertThat(Tile.ofEntries(1000, 255).path()).isEqualTo("entries/x001/000.p/255");
    assertThat(Tile.ofHashes(1, 999, 256).path()).isEqualTo("1/999");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0/000",
        "0/x001/x234/067",
        "63/000.p/1",
        "entries/x001/000.p/255",
        "entries/000",
        "10/012"
      })
  void what_is_written_is_read_back(String path) {
    assertThat(Tile.parse(path).path()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0/",
        "0/0",
        "0/0000",
        "00/000",
        "64/000",
        "-1/000",
        "0/x000/001",
        "0/001/002",
        "0/x01/002",
        "0/000.p/0",
        "0/000.p/256",
        "0/000.p/01",
        "0/000.p/999",
        "0/000.p/",
        "0/000/",
        "0/../000",
        "entries/",
        "0/000.p/1/",
        "0/x999/x999/x999/x999/x999/x999/x999/999",
        "0/%30%30%30",
        "0/000\n"
      })
  void a_path_mallory_bends_is_refused(String path) {
    assertThatThrownBy(() -> Tile.parse(path))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TALOS_INVALID_INPUT));
  }

  /** Source: C2SP tlog-tiles, "Partial Tiles": the example of a tree of 70,000 leaves. */
  @Test
  void the_widths_of_a_tree_of_70000_leaves_are_those_of_the_specification() {
    long size = 70_000;

    assertThat(Tile.ofHashes(0, 272, 256).widthIn(size)).isEqualTo(256);
    assertThat(Tile.ofHashes(0, 273, 112).widthIn(size)).isEqualTo(112);
    assertThat(Tile.ofHashes(0, 274, 1).widthIn(size)).isZero();
    assertThat(Tile.ofHashes(1, 0, 256).widthIn(size)).isEqualTo(256);
    assertThat(Tile.ofHashes(1, 1, 17).widthIn(size)).isEqualTo(17);
    assertThat(Tile.ofHashes(2, 0, 1).widthIn(size)).isEqualTo(1);
    assertThat(Tile.ofHashes(3, 0, 1).widthIn(size)).isZero();
    assertThat(Tile.ofHashes(63, 0, 1).widthIn(size)).isZero();
    assertThat(Tile.ofEntries(273, 112).widthIn(size)).isEqualTo(112);
  }

  @Test
  void a_tile_far_beyond_the_tree_is_not_its_first_one() {
    for (long index : new long[] {1L << 55, 1L << 56, (1L << 56) + 1, 999_999_999_999_999_999L}) {
      assertThat(Tile.ofHashes(0, index, 1).widthIn(1_000)).isZero();
      assertThat(Tile.ofEntries(index, 1).widthIn(MerkleTree.SIZE_MAX >> 10)).isZero();
    }
    assertThat(Tile.ofHashes(0, 3, 1).widthIn(1_000)).isEqualTo(1_000 - 768);
    assertThat(Tile.ofHashes(0, 4, 1).widthIn(1_024)).isZero();
  }
}
