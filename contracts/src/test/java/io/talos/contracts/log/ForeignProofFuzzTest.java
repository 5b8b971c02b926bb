package io.talos.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.fuzz.Foreign;
import io.talos.contracts.schema.SchemaLibrary;

/** Mallory serves notes, checkpoints, tiles and keys. */
class ForeignProofFuzzTest {
  private static final SchemaLibrary SCHEMAS = new SchemaLibrary();

  @FuzzTest(maxDuration = "60s")
  void a_note_is_refused_or_written_as_it_was_read(byte[] data) {
    String text = Bytes.of(data).utf8();

    Foreign.read(() -> SignedNote.parse(Bytes.of(data)))
        .ifPresent(note -> assertThat(SignedNote.parse(note.encoded())).isEqualTo(note));
    Foreign.read(() -> Checkpoint.parse(text))
        .ifPresent(
            checkpoint -> assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint));
    Foreign.read(() -> NoteKey.parse(text))
        .ifPresent(key -> assertThat(key.vkey()).isEqualTo(text));
    Foreign.read(() -> Tile.parse(text)).ifPresent(tile -> assertThat(tile.path()).isEqualTo(text));
    Foreign.read(() -> TlogProof.parse(Bytes.of(data)))
        .ifPresent(proof -> assertThat(proof.text()).isEqualTo(text));
    Foreign.read(() -> LogLeaf.parse(Bytes.of(data), SCHEMAS))
        .ifPresent(leaf -> assertThat(leaf.bytes()).isEqualTo(Bytes.of(data)));
    Foreign.read(() -> TileBytes.entries(Bytes.of(data), 2))
        .ifPresent(entries -> assertThat(entries).hasSize(2));
    Foreign.read(() -> SignedRequest.parse(Bytes.of(data)));
  }
}
