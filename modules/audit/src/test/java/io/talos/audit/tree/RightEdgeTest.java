package io.talos.audit.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.talos.contracts.Bytes;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.Tile;
import io.talos.contracts.log.TileHashes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The edge alone gives the root of the whole tree, at every size. */
class RightEdgeTest {
  private final Map<String, Bytes> stored = new HashMap<>();

  private List<Bytes> tile(int level, long index) {
    List<Bytes> tile = new ArrayList<>();
    for (int i = 0; i < Tile.WIDTH_FULL; i++) {
      Bytes hash = stored.get(level + ":" + (index * Tile.WIDTH_FULL + i));
      if (hash != null) {
        tile.add(hash);
      }
    }
    return tile;
  }

  private RightEdge grown(long size, int by) {
    RightEdge edge = RightEdge.read(size, this::tile);
    for (int i = 0; i < by; i++) {
      edge.append(MerkleTree.leafHash(Bytes.utf8("leaf " + (size + i))));
    }
    edge.fresh().forEach(hash -> stored.put(hash.level() + ":" + hash.position(), hash.hash()));
    return edge;
  }

  @Test
  void an_edge_that_is_read_again_after_every_batch_agrees_with_the_whole_tree() {
    long size = 0;
    for (int batch : new int[] {1, 254, 1, 1, 255, 256, 257, 1000, 65_536, 3}) {
      RightEdge edge = grown(size, batch);
      size += batch;
      assertThat(edge.size()).isEqualTo(size);
      assertThat(edge.root())
          .isEqualTo(MerkleTree.root(size, new TileHashes(this::tile)))
          .isEqualTo(RightEdge.read(size, this::tile).root());
    }
  }

  @Test
  void published_answers_are_met() {
    assertThatCode(KnownAnswer::check).doesNotThrowAnyException();
  }
}
