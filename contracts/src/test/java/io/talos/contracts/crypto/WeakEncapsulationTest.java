package io.talos.contracts.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.crypto.params.MLKEMParameters;
import org.bouncycastle.crypto.params.MLKEMPrivateKeyParameters;
import org.junit.jupiter.api.Test;

/** Mallory hands out encapsulation keys and ciphertexts that are not what they should be. */
class WeakEncapsulationTest {
  private final MlKem768.KeyPair bob = MlKem768.generate(filled(7));

  private static Randomness filled(int value) {
    return target -> Arrays.fill(target, (byte) value);
  }

  @Test
  void both_ends_have_one_secret_and_the_same_chance_gives_the_same_ciphertext() {
    MlKem768.Encapsulated made = MlKem768.encapsulate(bob.publicKey(), filled(1));

    assertThat(MlKem768.decapsulate(bob, made.ciphertext())).isEqualTo(made.secret());
    assertThat(MlKem768.encapsulate(bob.publicKey(), filled(1))).isEqualTo(made);
    assertThat(MlKem768.encapsulate(bob.publicKey(), filled(2)).secret())
        .isNotEqualTo(made.secret());
    assertThat(MlKem768.fromSeed(bob.seed())).isEqualTo(bob);
  }

  @Test
  void a_key_with_a_coefficient_that_is_not_below_the_modulus_is_refused() {
    byte[] key = bob.publicKey().toArray();
    // The first coefficient becomes 3329, the modulus itself.
    key[0] = 0x01;
    key[1] = (byte) ((key[1] & 0xF0) | 0x0D);

    assertThat(MlKem768.isPublicKey(bob.publicKey())).isTrue();
    refusedKey(Bytes.of(key));
    key[0] = 0x00;
    assertThat(MlKem768.isPublicKey(Bytes.of(key))).isTrue();
  }

  @Test
  void a_key_or_ciphertext_of_another_size_is_refused() {
    Bytes ciphertext = MlKem768.encapsulate(bob.publicKey(), filled(1)).ciphertext();

    for (Bytes key : List.of(Bytes.empty(), bob.publicKey().slice(0, 1183))) {
      refusedKey(key);
    }
    for (Bytes wrong : List.of(ciphertext.slice(0, 1087), ciphertext.concat(Bytes.of((byte) 0)))) {
      assertThatExceptionOfType(TalosException.class)
          .isThrownBy(() -> MlKem768.decapsulate(bob, wrong))
          .extracting(TalosException::code)
          .isEqualTo(ErrorCode.KEY_INVALID);
    }
  }

  @Test
  void a_ciphertext_with_a_flipped_bit_gives_another_secret_and_no_error() {
    MlKem768.Encapsulated made = MlKem768.encapsulate(bob.publicKey(), filled(1));
    byte[] flipped = made.ciphertext().toArray();
    flipped[500] ^= 4;

    SecretBytes other = MlKem768.decapsulate(bob, Bytes.of(flipped));

    assertThat(other).isNotEqualTo(made.secret());
    assertThat(MlKem768.decapsulate(bob, Bytes.of(flipped))).isEqualTo(other);
  }

  @Test
  void a_decapsulation_key_that_was_damaged_fails_its_hash_check() {
    byte[] encoded =
        new MLKEMPrivateKeyParameters(MLKEMParameters.ml_kem_768, bob.seed().reveal()).getEncoded();
    assertThat(MlKem768.isDecapsulationKey(encoded)).isTrue();

    // From 1152 on stands the encapsulation key, from 2336 on its hash.
    for (int at : new int[] {1152, 2000, 2335, 2336, 2367}) {
      byte[] damaged = encoded.clone();
      damaged[at] ^= 1;
      assertThat(MlKem768.isDecapsulationKey(damaged)).as("byte " + at).isFalse();
    }
    assertThat(MlKem768.isDecapsulationKey(Arrays.copyOf(encoded, 2399))).isFalse();
  }

  @Test
  void a_public_key_of_another_seed_does_not_make_a_pair() {
    Bytes other = MlKem768.generate(filled(8)).publicKey();

    assertThatIllegalArgumentException().isThrownBy(() -> new MlKem768.KeyPair(bob.seed(), other));
  }

  private static void refusedKey(Bytes key) {
    assertThat(MlKem768.isPublicKey(key)).isFalse();
    assertThatExceptionOfType(TalosException.class)
        .isThrownBy(() -> MlKem768.encapsulate(key, filled(1)))
        .extracting(TalosException::code)
        .isEqualTo(ErrorCode.KEY_INVALID);
  }
}
