package io.talos.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.schema.SchemaLibrary;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log's files are read as they are written, and nothing else is. */
class TileBytesTest {
  private static final String ENTRY =
      new LogLeaf(7, "node-1/3", 20, "a.b", Instant.parse("2026-03-01T12:00:00Z"), Sha256.of())
          .bytes()
          .utf8();

  private static void assertInvalid(ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROOF_INVALID));
  }

  @Test
  void hashes_follow_each_other_and_their_number_is_the_width() {
    List<Bytes> hashes =
        IntStream.range(0, 3).mapToObj(i -> Sha256.of(Bytes.utf8("hash " + i))).toList();
    Bytes file = hashes.get(0).concat(hashes.get(1), hashes.get(2));

    assertThat(TileBytes.hashes(file, 3)).isEqualTo(hashes);
    assertInvalid(() -> TileBytes.hashes(file, 2));
    assertInvalid(() -> TileBytes.hashes(file.slice(0, 95), 3));
    assertInvalid(() -> TileBytes.hashes(Bytes.empty(), 1));
  }

  @Test
  void entries_follow_each_other_with_their_lengths() {
    Bytes file = Hex.decode("0003616263" + "0000" + "000164");

    assertThat(TileBytes.entries(file, 3))
        .containsExactly(Bytes.utf8("abc"), Bytes.empty(), Bytes.utf8("d"));
    for (int end = 0; end < file.size(); end++) {
      Bytes cut = file.slice(0, end);
      assertInvalid(() -> TileBytes.entries(cut, 3));
    }
    assertInvalid(() -> TileBytes.entries(file, 2));
    assertInvalid(() -> TileBytes.entries(file, 4));
    assertInvalid(() -> TileBytes.entries(Hex.decode("ffff00"), 1));
  }

  @Test
  void an_entry_is_read_back_from_its_bytes() {
    LogLeaf leaf = LogLeaf.parse(Bytes.utf8(ENTRY), new SchemaLibrary());

    assertThat(leaf.bytes().utf8()).isEqualTo(ENTRY);
    assertThat(leaf.logSeq()).isEqualTo(7);
    assertThat(leaf.sourceSeq()).isEqualTo(20);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"v\":1->\"v\":2",
        "\"v\":1->\"v\":1,\"x\":1",
        "\"log_seq\":7->\"log_seq\":7.0",
        "\"log_seq\":7->\"log_seq\":-7",
        "\"log_seq\":7->\"log_seq\":9007199254740993",
        "\"log_seq\":7,->",
        "node-1/3->node-1",
        "12:00:00.000Z->12:00:00Z",
        "2026-03->2026-13",
        "{->{ ",
        "e3b0->E3b0",
        "{->[",
      })
  void another_text_is_no_entry(String change) {
    String[] sides = change.split("->", -1);
    String bent = ENTRY.replace(sides[0], sides[1]);

    assertThat(bent).isNotEqualTo(ENTRY);
    assertInvalid(() -> LogLeaf.parse(Bytes.utf8(bent), new SchemaLibrary()));
  }
}
