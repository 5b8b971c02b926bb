package io.talos.secrets.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/**
 * Mallory can write to the database but holds no key: she moves, mixes and edits sealed secrets.
 */
class MovedSecretTest {
  private static final SecretName ALICE = new SecretName("alice-api-key");
  private static final SecretName BOB = new SecretName("bob-api-key");
  private static final SecretBytes VALUE = SecretBytes.utf8("the value");

  private final Map<KekId, SecretBytes> keys =
      new HashMap<>(Map.of(new KekId("k1"), key(1), new KekId("k2"), key(2)));
  private KekId current = new KekId("k1");
  private final Envelope envelope =
      new Envelope(
          new Keks() {
            @Override
            public KekId current() {
              return current;
            }

            @Override
            public Optional<SecretBytes> find(KekId id) {
              return Optional.ofNullable(keys.get(id)).map(k -> SecretBytes.of(k.reveal()));
            }
          },
          Randomness.secure());

  private static SecretBytes key(int fill) {
    byte[] key = new byte[Keks.KEY_SIZE];
    java.util.Arrays.fill(key, (byte) fill);
    return SecretBytes.of(key);
  }

  @Test
  void this_platform_gives_the_known_answer() {
    KnownAnswer.check();
  }

  @Test
  void what_was_sealed_opens_and_does_not_hold_the_value() {
    SealedSecret sealed = envelope.seal(ALICE, 1, VALUE);

    assertThat(envelope.open(sealed)).isEqualTo(VALUE);
    assertThat(sealed.ciphertext().hex()).doesNotContain(Bytes.utf8("the value").hex());
    assertThat(sealed.toString()).doesNotContain("the value");
  }

  @Test
  void the_same_value_sealed_twice_shares_no_byte_string() {
    Set<Bytes> seen = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      SealedSecret sealed = envelope.seal(ALICE, 1, VALUE);
      assertThat(seen.add(sealed.nonce())).isTrue();
      assertThat(seen.add(sealed.wrapNonce())).isTrue();
      assertThat(seen.add(sealed.ciphertext())).isTrue();
      assertThat(seen.add(sealed.wrappedDek())).isTrue();
    }
  }

  @Test
  void alices_secret_moved_to_bobs_name_does_not_open() {
    SealedSecret sealed = envelope.seal(ALICE, 1, VALUE);

    refused(ErrorCode.DECRYPT_FAILED, () -> envelope.open(copy(sealed, BOB, 1, sealed.kekId())));
  }

  @Test
  void an_old_version_shown_as_the_new_one_does_not_open() {
    SealedSecret sealed = envelope.seal(ALICE, 1, VALUE);

    refused(ErrorCode.DECRYPT_FAILED, () -> envelope.open(copy(sealed, ALICE, 2, sealed.kekId())));
  }

  @Test
  void a_secret_said_to_be_under_another_key_does_not_open() {
    SealedSecret sealed = envelope.seal(ALICE, 1, VALUE);

    refused(ErrorCode.DECRYPT_FAILED, () -> envelope.open(copy(sealed, ALICE, 1, new KekId("k2"))));
  }

  @Test
  void the_data_key_of_another_secret_does_not_open_this_one() {
    SealedSecret alice = envelope.seal(ALICE, 1, VALUE);
    SealedSecret other = envelope.seal(ALICE, 1, SecretBytes.utf8("another"));

    refused(
        ErrorCode.DECRYPT_FAILED,
        () ->
            envelope.open(
                new SealedSecret(
                    ALICE,
                    1,
                    alice.kekId(),
                    alice.nonce(),
                    alice.ciphertext(),
                    other.wrapNonce(),
                    other.wrappedDek())));
  }

  @Test
  void one_bit_turned_anywhere_is_refused() {
    SealedSecret s = envelope.seal(ALICE, 1, VALUE);
    for (int bit = 0; bit < s.ciphertext().size() * 8; bit++) {
      Bytes turned = turned(s.ciphertext(), bit);
      refused(
          ErrorCode.DECRYPT_FAILED,
          () -> envelope.open(with(s, s.nonce(), turned, s.wrapNonce(), s.wrappedDek())));
    }
    for (int bit = 0; bit < s.wrappedDek().size() * 8; bit++) {
      Bytes turned = turned(s.wrappedDek(), bit);
      refused(
          ErrorCode.DECRYPT_FAILED,
          () -> envelope.open(with(s, s.nonce(), s.ciphertext(), s.wrapNonce(), turned)));
    }
    for (int bit = 0; bit < s.nonce().size() * 8; bit++) {
      Bytes nonce = turned(s.nonce(), bit);
      Bytes wrapNonce = turned(s.wrapNonce(), bit);
      refused(
          ErrorCode.DECRYPT_FAILED,
          () -> envelope.open(with(s, nonce, s.ciphertext(), s.wrapNonce(), s.wrappedDek())));
      refused(
          ErrorCode.DECRYPT_FAILED,
          () -> envelope.open(with(s, s.nonce(), s.ciphertext(), wrapNonce, s.wrappedDek())));
    }
  }

  @Test
  void a_part_of_the_wrong_size_is_no_envelope() {
    SealedSecret s = envelope.seal(ALICE, 1, VALUE);
    Bytes one = Bytes.of((byte) 1);

    refused(
        ErrorCode.ENVELOPE_INVALID,
        () -> with(s, s.nonce().concat(one), s.ciphertext(), s.wrapNonce(), s.wrappedDek()));
    refused(
        ErrorCode.ENVELOPE_INVALID,
        () -> with(s, s.nonce(), s.ciphertext().slice(0, 16), s.wrapNonce(), s.wrappedDek()));
    refused(
        ErrorCode.ENVELOPE_INVALID, () -> with(s, s.nonce(), s.ciphertext(), one, s.wrappedDek()));
    refused(
        ErrorCode.ENVELOPE_INVALID,
        () -> with(s, s.nonce(), s.ciphertext(), s.wrapNonce(), s.wrappedDek().concat(one)));
    refused(ErrorCode.ENVELOPE_INVALID, () -> copy(s, ALICE, 0, s.kekId()));
  }

  @Test
  void a_key_that_is_not_loaded_is_named_as_such_and_the_old_one_still_opens_after_a_change() {
    SealedSecret old = envelope.seal(ALICE, 1, VALUE);
    current = new KekId("k2");
    SealedSecret fresh = envelope.seal(ALICE, 2, VALUE);

    assertThat(envelope.open(old)).isEqualTo(VALUE);
    assertThat(fresh.kekId()).isEqualTo(new KekId("k2"));
    keys.remove(new KekId("k1"));
    refused(ErrorCode.KEK_NOT_LOADED, () -> envelope.open(old));
    assertThat(envelope.open(fresh)).isEqualTo(VALUE);
  }

  @Test
  void the_longest_secret_opens_and_a_longer_or_empty_one_is_not_sealed() {
    SecretBytes longest = SecretBytes.of(new byte[Limits.SECRET_BYTES_MAX]);

    assertThat(envelope.open(envelope.seal(ALICE, 1, longest))).isEqualTo(longest);
    assertThatThrownBy(
            () -> envelope.seal(ALICE, 1, SecretBytes.of(new byte[Limits.SECRET_BYTES_MAX + 1])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> envelope.seal(ALICE, 1, SecretBytes.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void an_operator_cannot_name_a_secret_of_talos() {
    assertThat(SecretName.ofOperator("notes-credential")).isPresent();
    for (String name :
        new String[] {
          "audit/log-key", "policy/authority", "a/b", "", "-a", "A", "a b", "a".repeat(129), "a:1"
        }) {
      assertThat(SecretName.ofOperator(name)).as(name).isEmpty();
    }
    assertThat(new SecretName("audit/log-key").own()).isTrue();
    assertThat(new SecretName("gateway/mcp-session-key").own()).isTrue();
    assertThat(new SecretName("audit").own()).isFalse();
    assertThatThrownBy(() -> new SecretName("other/log-key"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new KekId("current")).isInstanceOf(IllegalArgumentException.class);
  }

  private static void refused(ErrorCode code, ThrowingCallable act) {
    assertThatThrownBy(act)
        .isInstanceOfSatisfying(TalosException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  private static SealedSecret copy(SealedSecret s, SecretName name, long version, KekId kek) {
    return new SealedSecret(
        name, version, kek, s.nonce(), s.ciphertext(), s.wrapNonce(), s.wrappedDek());
  }

  private static SealedSecret with(
      SealedSecret s, Bytes nonce, Bytes ciphertext, Bytes wrapNonce, Bytes wrappedDek) {
    return new SealedSecret(
        s.name(), s.version(), s.kekId(), nonce, ciphertext, wrapNonce, wrappedDek);
  }

  private static Bytes turned(Bytes bytes, int bit) {
    byte[] copy = bytes.toArray();
    copy[bit / 8] ^= (byte) (1 << bit % 8);
    return Bytes.of(copy);
  }
}
