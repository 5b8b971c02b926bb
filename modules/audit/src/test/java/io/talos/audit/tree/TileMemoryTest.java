package io.talos.audit.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.event.Samples;
import io.talos.contracts.Bytes;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.TileHashes;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered is what would be read, and never more than there is room for. */
class TileMemoryTest {
  private final TileMemory memory = new TileMemory(2);
  private final List<Bytes> hashes = new ArrayList<>();
  private int reads;

  private List<Bytes> tile(int level, long index) {
    reads++;
    return List.copyOf(hashes);
  }

  private static LogName log(long id) {
    return new LogName(
        id, List.of(KeyPeriod.first(new NoteKey("log.example/" + id, Samples.key(7).publicKey()))));
  }

  private void grow(int by) {
    for (int i = 0; i < by; i++) {
      hashes.add(MerkleTree.leafHash(Bytes.utf8("leaf " + hashes.size())));
    }
  }

  private Bytes root(long log, int size) {
    return MerkleTree.root(size, TileHashes.of(memory.before(log(log), this::tile)));
  }

  @Test
  void a_tile_is_read_again_when_its_new_end_is_needed_and_not_before() {
    grow(5);
    Bytes atFive = root(1, 5);
    assertThat(root(1, 5)).isEqualTo(atFive);
    grow(3);
    assertThat(root(1, 5)).isEqualTo(atFive);
    assertThat(reads).isEqualTo(1);

    assertThat(root(1, 8)).isEqualTo(MerkleTree.root(8, new TileHashes(this::tile)));
    assertThat(reads).isEqualTo(3);
    assertThat(root(1, 5)).isEqualTo(atFive);
  }

  @Test
  void one_log_is_not_taken_for_another_and_the_oldest_leaves() {
    grow(4);
    for (long log = 1; log <= 5; log++) {
      root(log, 4);
    }

    assertThat(reads).isEqualTo(5);
    assertThat(memory.size()).isEqualTo(2);
    root(5, 4);
    assertThat(reads).isEqualTo(5);
    root(1, 4);
    assertThat(reads).isEqualTo(6);
  }
}
