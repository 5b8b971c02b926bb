package io.talos.contracts.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.registry.Threat;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mallory wants a signature that Alice did not make, or a second one beside hers. */
@Threat("T-IMPERSONATION-01")
class ForgedSignatureTest {
  /** The order of the prime subgroup (RFC 8032 §5.1). */
  private static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private final Randomness chance = new Random(17)::nextBytes;
  private final Ed25519.KeyPair alice = Ed25519.generate(chance);
  private final Bytes message = Bytes.utf8("pay Bob 1");

  @Test
  void no_single_bit_of_key_message_or_signature_can_be_changed() {
    Bytes signature = alice.sign(message);

    assertThat(Ed25519.verify(alice.publicKey(), message, signature)).isTrue();
    for (int bit = 0; bit < signature.size() * 8; bit++) {
      assertThat(Ed25519.verify(alice.publicKey(), message, flip(signature, bit))).isFalse();
    }
    for (int bit = 0; bit < message.size() * 8; bit++) {
      assertThat(Ed25519.verify(alice.publicKey(), flip(message, bit), signature)).isFalse();
    }
    for (int bit = 0; bit < alice.publicKey().size() * 8; bit++) {
      assertThat(Ed25519.verify(flip(alice.publicKey(), bit), message, signature)).isFalse();
    }
  }

  @Test
  void the_same_signature_with_the_group_order_added_is_refused() {
    Bytes signature = alice.sign(message);
    BigInteger s = littleEndian(signature.slice(32, 64));

    Bytes second = signature.slice(0, 32).concat(littleEndian(s.add(L)));

    assertThat(Ed25519.verify(alice.publicKey(), message, second)).isFalse();
  }

  @Test
  void a_key_of_small_order_verifies_nothing() {
    // y = 1: with R = S·B every message would verify.
    Bytes neutral = Hex.decode("01" + "00".repeat(31));
    Bytes universal = neutral.concat(Bytes.of(new byte[32]));

    assertThat(Ed25519.verify(neutral, message, universal)).isFalse();
    assertThat(Ed25519.isPublicKey(neutral)).isFalse();
    assertThatThrownBy(() -> Ed25519.requirePublicKey(neutral))
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.KEY_INVALID));
  }

  @Test
  void malformed_sizes_are_false_and_never_an_exception() {
    Bytes signature = alice.sign(message);

    assertThat(Ed25519.verify(Bytes.empty(), message, signature)).isFalse();
    assertThat(Ed25519.verify(alice.publicKey(), message, Bytes.empty())).isFalse();
    assertThat(Ed25519.verify(alice.publicKey(), message, signature.slice(0, 63))).isFalse();
    assertThat(Ed25519.verify(alice.publicKey(), message, signature.concat(Bytes.of((byte) 0))))
        .isFalse();
  }

  @Test
  void a_key_pair_cannot_be_put_together_from_two() {
    Bytes another = Ed25519.generate(chance).publicKey();

    assertThatThrownBy(() -> new Ed25519.KeyPair(alice.seed(), another))
        .isInstanceOf(IllegalArgumentException.class);
    X25519.KeyPair own = X25519.generate(chance);
    X25519.KeyPair other = X25519.generate(chance);
    assertThatThrownBy(() -> new X25519.KeyPair(own.privateKey(), other.publicKey()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void opening_fails_in_one_way_whatever_was_changed() {
    SecretBytes key = SecretBytes.of(chance.bytes(Aead.KEY_SIZE).toArray());
    SecretBytes otherKey = SecretBytes.of(chance.bytes(Aead.KEY_SIZE).toArray());
    Bytes nonce = chance.bytes(Aead.NONCE_SIZE);
    Bytes data = Bytes.utf8("for whom");
    for (Aead aead : Aead.values()) {
      Bytes sealed = aead.seal(key, nonce, data, message);

      assertThat(aead.open(key, nonce, data, sealed)).isEqualTo(message);
      cannotOpen(aead, otherKey, nonce, data, sealed);
      cannotOpen(aead, key, flip(nonce, 0), data, sealed);
      cannotOpen(aead, key, nonce, Bytes.empty(), sealed);
      cannotOpen(aead, key, nonce, data, flip(sealed, 0));
      cannotOpen(aead, key, nonce, data, flip(sealed, sealed.size() * 8 - 1));
      cannotOpen(aead, key, nonce, data, sealed.slice(0, sealed.size() - 1));
      cannotOpen(aead, key, nonce, data, Bytes.empty());
      cannotOpen(aead, key, nonce.slice(0, 11), data, sealed);
    }
  }

  private static void cannotOpen(
      Aead aead, SecretBytes key, Bytes nonce, Bytes data, Bytes sealed) {
    assertThatThrownBy(() -> aead.open(key, nonce, data, sealed))
        .isInstanceOf(TalosException.class)
        .hasMessage("DECRYPT_FAILED: cannot open");
  }

  private static Bytes flip(Bytes bytes, int bit) {
    byte[] array = bytes.toArray();
    array[bit / 8] ^= (byte) (1 << bit % 8);
    return Bytes.of(array);
  }

  private static BigInteger littleEndian(Bytes bytes) {
    return new BigInteger(1, reversed(bytes.toArray()));
  }

  private static Bytes littleEndian(BigInteger number) {
    byte[] big = number.toByteArray();
    byte[] padded = new byte[32];
    System.arraycopy(big, 0, padded, padded.length - big.length, big.length);
    return Bytes.of(reversed(padded));
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }
}
