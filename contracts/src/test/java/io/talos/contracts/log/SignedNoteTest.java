package io.talos.contracts.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory wants a note to say what the log never signed. */
class SignedNoteTest {
  /** Source: golang.org/x/mod/sumdb/note, package documentation, "Verifying Notes". */
  private static final String PETER =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  private static final String PETERS_NOTE =
      "If you think cryptography is the answer to your problem,\n"
          + "then you don't know what your problem is.\n"
          + "\n"
          + "\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKv"
          + "qfqdngotpRZb6KE6RyyBwJnAM=\n";

  private final NoteSigner log = signer("talos.example/log", 1);
  private final NoteSigner mallory = signer("talos.example/log", 2);

  private static NoteSigner signer(String name, int seed) {
    byte[] bytes = new byte[Ed25519.SEED_SIZE];
    bytes[0] = (byte) seed;
    return new NoteSigner(name, Ed25519.fromSeed(SecretBytes.of(bytes)));
  }

  @Test
  void a_note_that_the_reference_implementation_signed_verifies() {
    SignedNote note = SignedNote.parse(Bytes.utf8(PETERS_NOTE));

    assertThat(note.isSignedBy(NoteKey.parse(PETER))).isTrue();
    assertThat(note.encoded()).isEqualTo(PETERS_NOTE);
    assertThat(NoteKey.parse(PETER).vkey()).isEqualTo(PETER);
  }

  @Test
  void a_note_of_ours_is_read_back_and_verifies() {
    String encoded = log.sign("one\n\nthree\n").encoded();
    SignedNote note = SignedNote.parse(encoded);

    assertThat(note.text()).isEqualTo("one\n\nthree\n");
    assertThat(note.isSignedBy(log.verifier())).isTrue();
    assertThat(note.isSignedBy(mallory.verifier())).isFalse();
  }

  @Test
  void a_note_mallory_flipped_anywhere_verifies_nowhere() {
    byte[] note = Bytes.utf8(log.sign("talos.example/log\n5\nroot\n").encoded()).toArray();

    for (int at = 0; at < note.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] changed = note.clone();
        changed[at] ^= (byte) (1 << bit);
        assertThat(verifies(changed)).as("byte %d bit %d", at, bit).isFalse();
      }
    }
  }

  private boolean verifies(byte[] note) {
    try {
      return SignedNote.parse(Bytes.of(note)).isSignedBy(log.verifier());
    } catch (TalosException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.PROOF_INVALID);
      return false;
    }
  }

  @Test
  void a_wrong_signature_under_the_logs_name_and_id_spoils_the_note() {
    SignedNote good = log.sign("text\n");
    Bytes wrong = Bytes.of(new byte[Ed25519.SIGNATURE_SIZE]);
    SignedNote.Line forged = new SignedNote.Line(log.name(), log.verifier().id(), wrong);

    assertThat(
            new SignedNote("text\n", List.of(good.lines().get(0), forged))
                .isSignedBy(log.verifier()))
        .isFalse();
  }

  @Test
  void a_signature_of_an_unknown_key_beside_the_logs_does_not_matter() {
    SignedNote good = log.sign("text\n");
    SignedNote both =
        new SignedNote(
            "text\n", List.of(mallory.sign("text\n").lines().get(0), good.lines().get(0)));

    assertThat(SignedNote.parse(both.encoded()).isSignedBy(log.verifier())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "text\n",
        "text\n\n",
        "text\n\nno dash\n",
        "text\n\n\u2014 name\n",
        "text\n\n\u2014 name AAAA\n\n",
        "text\n\n\u2014 name AAA=\n",
        "text\n\n\u2014 name AAAAAA\n",
        "text\n\n\u2014 na+me AAAAAAA=\n",
        "te\u0001xt\n\n\u2014 name AAAAAAA=\n",
        "text\n\n\u2014 name AAAAAAA=",
        "text\n\n\u2014  AAAAAAA=\n"
      })
  void what_is_not_a_note_is_refused(String note) {
    assertThatThrownBy(() -> SignedNote.parse(note))
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROOF_INVALID));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PeterNeumann",
        "PeterNeumann+c74f20a3",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumanm+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+AhpC2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
      })
  void a_vkey_that_does_not_fit_itself_is_refused(String vkey) {
    assertThatThrownBy(() -> NoteKey.parse(vkey))
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_INVALID));
  }

  @Test
  void a_checkpoint_opens_only_for_the_log_that_the_key_is_named_after() {
    Checkpoint checkpoint = new Checkpoint("talos.example/log", 0, MerkleTree.emptyRoot());
    NoteSigner other = signer("other.example/log", 1);

    assertThat(Checkpoint.open(log.sign(checkpoint.text()), log.verifier())).isEqualTo(checkpoint);
    assertThatThrownBy(() -> Checkpoint.open(other.sign(checkpoint.text()), other.verifier()))
        .isInstanceOf(TalosException.class);
    assertThatThrownBy(() -> Checkpoint.open(mallory.sign(checkpoint.text()), log.verifier()))
        .isInstanceOf(TalosException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "o\n1\n",
        "o\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "o\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "o\n9999999999999999999\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
        "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n",
        "o\n1\n47DEQpj8HBSa\n",
        "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n",
        "o\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
      })
  void what_is_not_a_checkpoint_is_refused(String text) {
    assertThatThrownBy(() -> Checkpoint.parse(text))
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.PROOF_INVALID));
  }
}
