package io.talos.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A proof in the text form of C2SP has one text, and proves what it is about and nothing else. */
class TlogProofTest {
  private static final int SIZE = 300;

  private final List<Bytes> entries =
      IntStream.range(0, SIZE).mapToObj(i -> Bytes.utf8("entry " + i)).toList();
  private final MerkleTree.Hashes hashes = MemoryTiles.of(entries);
  private final NoteSigner log =
      new NoteSigner("log.example/audit", Ed25519.generate(Randomness.secure()));

  private TlogProof proof(int index, int size) {
    Checkpoint checkpoint = new Checkpoint(log.name(), size, MerkleTree.root(size, hashes));
    return new TlogProof(
        Optional.of(entries.get(index)),
        index,
        MerkleTree.inclusion(index, size, hashes),
        log.sign(checkpoint.text()));
  }

  private static void assertInvalid(ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROOF_INVALID));
  }

  @Test
  void what_is_written_is_read_back_and_verifies() {
    for (int index = 0; index < SIZE; index += 13) {
      TlogProof proof = proof(index, SIZE);
      TlogProof read = TlogProof.parse(Bytes.utf8(proof.text()));

      assertThat(read).isEqualTo(proof);
      assertThat(read.verify(entries.get(index), LogKeys.of(log.verifier())).size())
          .isEqualTo(SIZE);
    }
    TlogProof bare = proof(0, 1);
    TlogProof without = new TlogProof(Optional.empty(), 0, bare.path(), bare.checkpoint());
    assertThat(TlogProof.parse(Bytes.utf8(without.text()))).isEqualTo(without);
    assertThat(without.text()).startsWith("c2sp.org/tlog-proof@v1\nindex 0\n\nlog.example/audit\n");
  }

  @Test
  void another_entry_index_log_or_path_is_refused() {
    TlogProof proof = proof(7, SIZE);
    NoteKey mallory = new NoteSigner(log.name(), Ed25519.generate(Randomness.secure())).verifier();

    assertInvalid(() -> proof.verify(entries.get(8), LogKeys.of(log.verifier())));
    assertInvalid(() -> proof.verify(entries.get(7), LogKeys.of(mallory)));
    TlogProof moved = new TlogProof(proof.extra(), 6, proof.path(), proof.checkpoint());
    assertInvalid(() -> moved.verify(entries.get(7), LogKeys.of(log.verifier())));
    TlogProof cut = new TlogProof(proof.extra(), 7, proof.path().subList(1, 9), proof.checkpoint());
    assertInvalid(() -> cut.verify(entries.get(7), LogKeys.of(log.verifier())));
  }

  @Test
  void a_text_mallory_bends_is_refused() {
    String text = proof(7, SIZE).text();
    List<UnaryOperator<String>> bends =
        List.of(
            t -> "",
            t -> "\n\n" + t,
            t -> t.replace("@v1", "@v2"),
            t -> t.replace("index 7", "index 07"),
            t -> t.replace("index 7", "index -7"),
            t -> t.replace("index 7\n", ""),
            t -> t.replace("index 7", "index 9999999999999999999"),
            t -> t.replace("index 7", "index 7\nindex 7"),
            t -> t.replace("extra ", "extra  "),
            t -> t.replaceFirst("extra [^\n]*", "extra "),
            t -> t.replaceFirst("extra ([^\n]*)", "extra $1\nextra $1"),
            t -> t.replaceFirst("(index 7\n)", "$1AAAA\n"),
            t -> t.replaceFirst("(index 7\n)", "$1" + ("A".repeat(43) + "=\n").repeat(65)),
            t -> t.replaceFirst("=\n", "\n"),
            t -> t.replace("\n", "\r\n"),
            t -> t.substring(0, t.indexOf("\n\n") + 2),
            t -> t + "\n");

    for (UnaryOperator<String> bend : bends) {
      String bent = bend.apply(text);
      assertThat(bent).isNotEqualTo(text);
      assertInvalid(() -> TlogProof.parse(Bytes.utf8(bent)));
    }
    byte[] malformed = Bytes.utf8(text).toArray();
    malformed[0] = (byte) 0xff;
    assertInvalid(() -> TlogProof.parse(Bytes.of(malformed)));
  }
}
