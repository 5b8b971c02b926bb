package io.talos.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory wants a cosignature that no witness made, or one that says something else. */
class ForkedWitnessTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00.750Z");
  private static final String TEXT =
      new Checkpoint("talos.example/log", 5, Sha256.of(Bytes.utf8("root"))).text();

  private final Cosignature.Signer bob = new Cosignature.Signer("bob.example/witness", keys(2));

  private static Ed25519.KeyPair keys(int seed) {
    byte[] bytes = new byte[Ed25519.SEED_SIZE];
    bytes[0] = (byte) seed;
    return Ed25519.fromSeed(SecretBytes.of(bytes));
  }

  @Test
  void a_cosignature_says_who_saw_the_checkpoint_and_in_which_second() {
    SignedNote.Line line = SignedNote.Line.parse(bob.cosign(TEXT, NOW).encoded().stripTrailing());

    assertThat(bob.verifier().cosigned(TEXT, List.of(line)))
        .contains(Instant.parse("2026-03-01T12:00:00Z"));
    assertThat(line.signature().size()).isEqualTo(72);
    assertThat(line.signature().longAt(0)).isEqualTo(NOW.getEpochSecond());
  }

  @Test
  void what_is_signed_is_the_form_of_c2sp() {
    Bytes blob = bob.cosign(TEXT, NOW).signature();
    Bytes message = Bytes.utf8("cosignature/v1\ntime " + NOW.getEpochSecond() + "\n" + TEXT);

    assertThat(Ed25519.verify(bob.keys().publicKey(), message, blob.slice(8, 72))).isTrue();
  }

  @Test
  void the_witness_key_has_type_four_and_is_no_key_of_a_log() {
    String vkey = bob.verifier().vkey();

    assertThat(WitnessKey.parse(vkey)).isEqualTo(bob.verifier());
    assertThat(bob.verifier().id())
        .isEqualTo(
            Sha256.of(
                    Bytes.utf8("bob.example/witness\n"), Bytes.of((byte) 4), bob.keys().publicKey())
                .slice(0, 4));
    assertThatThrownBy(() -> NoteKey.parse(vkey))
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_INVALID));
  }

  @Test
  void a_cosignature_that_mallory_changed_in_any_bit_is_none() {
    Bytes blob = bob.cosign(TEXT, NOW).signature();

    for (int at = 0; at < blob.size(); at++) {
      byte[] changed = blob.toArray();
      changed[at] ^= 1;
      SignedNote.Line line =
          new SignedNote.Line(bob.name(), bob.verifier().id(), Bytes.of(changed));
      assertThat(bob.verifier().cosigned(TEXT, List.of(line))).as("byte %d", at).isEmpty();
    }
  }

  @Test
  void a_cosignature_of_one_checkpoint_is_none_of_another() {
    SignedNote.Line line = bob.cosign(TEXT, NOW);

    assertThat(bob.verifier().cosigned(TEXT.replace("\n5\n", "\n6\n"), List.of(line))).isEmpty();
  }

  @Test
  void a_plain_signature_of_the_witness_is_no_cosignature() {
    SignedNote.Line plain =
        new SignedNote.Line(bob.name(), bob.verifier().id(), bob.keys().sign(Bytes.utf8(TEXT)));

    assertThat(bob.verifier().cosigned(TEXT, List.of(plain))).isEmpty();
  }

  @Test
  void one_wrong_line_under_the_witness_key_spoils_the_right_one() {
    SignedNote.Line right = bob.cosign(TEXT, NOW);
    SignedNote.Line wrong = bob.cosign(TEXT + "more\n", NOW);

    assertThat(bob.verifier().cosigned(TEXT, List.of(right, wrong))).isEmpty();
  }

  @Test
  void a_request_to_a_witness_is_read_back_as_it_was_written() {
    SignedNote note = new NoteSigner("talos.example/log", keys(1)).sign(TEXT);
    Bytes hash = Sha256.of(Bytes.utf8("a"));
    AddCheckpoint request = new AddCheckpoint(3, List.of(hash, hash), note);

    assertThat(AddCheckpoint.parse(Bytes.utf8(request.encoded()))).isEqualTo(request);
    assertThat(request.encoded()).startsWith("old 3\nyp").contains("=\n\ntalos.example/log\n5\n");
    assertThat(AddCheckpoint.parse(Bytes.utf8(new AddCheckpoint(0, List.of(), note).encoded())))
        .isEqualTo(new AddCheckpoint(0, List.of(), note));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n\n",
        "old 0\n",
        "old 0\n\n",
        "old 00\n\n%s",
        "old -1\n\n%s",
        "old 9223372036854775807\n\n%s",
        "old 99999999999999999999\n\n%s",
        "new 0\n\n%s",
        "old 0\nAAAA\n\n%s",
        "old 0\n%s",
        "old 0\r\n\r\n%s"
      })
  void another_form_of_request_is_refused(String form) {
    String note = new NoteSigner("talos.example/log", keys(1)).sign(TEXT).encoded();

    assertThatThrownBy(() -> AddCheckpoint.parse(Bytes.utf8(form.replace("%s", note))))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.WITNESS_REQUEST_INVALID));
  }

  @Test
  void a_proof_of_more_lines_than_any_tree_needs_is_refused() {
    String note = new NoteSigner("talos.example/log", keys(1)).sign(TEXT).encoded();
    String line = Base64Text.encode(Sha256.of(Bytes.utf8("a"))) + "\n";

    assertThatThrownBy(
            () -> AddCheckpoint.parse(Bytes.utf8("old 1\n" + line.repeat(64) + "\n" + note)))
        .isInstanceOf(TalosException.class);
  }
}
