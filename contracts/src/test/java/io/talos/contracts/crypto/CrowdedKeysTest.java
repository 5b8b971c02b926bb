package io.talos.contracts.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import java.math.BigInteger;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Mallory fills the memory of validated keys, and hopes to be taken for somebody else. */
class CrowdedKeysTest {
  private final Random random = new Random(3);
  private final Randomness chance = random::nextBytes;
  private final PublicKeys keys = new PublicKeys(new BouncyCastleCurves(), chance);
  private final Bytes message = Bytes.utf8("hello");

  @Test
  void keys_that_push_each_other_out_still_verify_their_own_signatures_only() {
    int crowd = 64;
    PublicKeys narrow = new PublicKeys(new BouncyCastleCurves(), chance, 2);
    Ed25519.KeyPair[] pairs =
        IntStream.range(0, crowd)
            .mapToObj(i -> Ed25519.generate(chance))
            .toArray(Ed25519.KeyPair[]::new);

    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < crowd; i++) {
        Bytes key = pairs[i].publicKey();

        assertThat(verifies(narrow, key, pairs[i].sign(message))).isTrue();
        assertThat(verifies(narrow, key, pairs[(i + 1) % crowd].sign(message))).isFalse();
      }
    }
  }

  @Test
  void what_is_no_key_stays_none_when_it_is_asked_again() {
    Bytes mixed =
        PlainEdwards.BASE.times(BigInteger.TEN).plus(PlainEdwards.smallOrder().get(1)).encoded();

    assertThat(keys.find(mixed)).isNull();
    assertThat(keys.find(mixed)).isNull();
    assertThat(keys.find(Bytes.empty())).isNull();
    assertThat(keys.find(mixed.slice(0, 31))).isNull();
  }

  @Test
  void a_key_is_validated_once() {
    Bytes key = Ed25519.fromSeed(SecretBytes.of(chance.bytes(32).toArray())).publicKey();

    Curves.Verifier first = keys.find(key);

    assertThat(first).isNotNull();
    assertThat(keys.find(Bytes.of(key.toArray()))).isSameAs(first);
  }

  private boolean verifies(PublicKeys keys, Bytes key, Bytes signature) {
    Curves.Verifier verifier = Objects.requireNonNull(keys.find(key));
    return verifier.verify(message.toArray(), signature.toArray());
  }
}
