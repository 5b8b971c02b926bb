package io.talos.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.MlKem768;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Mallory records openings, breaks X25519 one day, or works on the post-quantum part on its way.
 */
@Threat("T-MITM-01")
class RecordedOpeningTest {
  private final Cast cast = new Cast();
  private final X3dh.Opened opened = cast.aliceOpens();

  @Test
  void the_post_quantum_secret_is_an_input_of_the_keys() {
    // All four Diffie-Hellmans are the same; only the chance of the encapsulation is another.
    Bytes tape = Cast.dice("opening").bytes(96);
    X3dh.Opened one = opens(tape);
    X3dh.Opened two = opens(tape.slice(0, 64).concat(Cast.dice("other").bytes(32)));

    assertThat(two.message().ephemeralKey()).isEqualTo(one.message().ephemeralKey());
    assertThat(two.state().rootKey()).isNotEqualTo(one.state().rootKey());
  }

  private X3dh.Opened opens(Bytes tape) {
    int[] at = {0};
    return X3dh.open(
        cast.alice,
        cast.bob.did(),
        Cast.bundle(cast.bobsPrekeys, "otk-1"),
        target -> {
          System.arraycopy(tape.toArray(), at[0], target, 0, target.length);
          at[0] += target.length;
        },
        Cast.NOW);
  }

  @Test
  void a_ciphertext_that_was_altered_or_exchanged_is_refused_and_spends_nothing() {
    String text = opened.message().encode().utf8();
    Bytes other =
        MlKem768.encapsulate(
                Cast.own(cast.bobsPrekeys.kem(), "kem-1").pair().publicKey(), Cast.dice("mallory"))
            .ciphertext();

    for (String altered :
        List.of(
            Altered.withBit(text, "kem_ciphertext", 0),
            Altered.withBit(text, "kem_ciphertext", 8 * 1088 - 1),
            Altered.with(text, "kem_ciphertext", Base64Url.encode(other)),
            Altered.with(text, "kem_prekey_id", "kem-2"),
            Altered.with(text, "kem_prekey_id", "kem-last"))) {
      Refusals.assertRefused(
          ErrorCode.RATCHET_AUTH_FAILED, () -> accept(cast.bobsPrekeys, Altered.decoded(altered)));
    }
    assertThat(accept(cast.bobsPrekeys, opened.message()).remaining().kem())
        .containsOnlyKeys("kem-last", "kem-2");
  }

  @Test
  void a_secret_that_is_encapsulated_again_to_another_key_opens_no_second_channel() {
    // Mallory learned a secret that Alice made for her, and makes it Bob's: the context differs.
    Prekeys bobs = cast.bobsPrekeys;
    InitialMessage toBob = opened.message();
    InitialMessage again =
        Altered.with(
            Altered.with(toBob, "kem_prekey_id", "kem-2"),
            "kem_ciphertext",
            MlKem768.encapsulate(
                    Cast.own(bobs.kem(), "kem-2").pair().publicKey(), Cast.dice("alice opens"))
                .ciphertext());

    Refusals.assertRefused(ErrorCode.RATCHET_AUTH_FAILED, () -> accept(bobs, again));
  }

  @Test
  void a_one_time_kem_prekey_serves_once_and_the_one_of_last_resort_again() {
    Prekeys once = accept(cast.bobsPrekeys, opened.message()).remaining();
    InitialMessage last = opensWith("kem-last").message();
    Prekeys twice = accept(once, last).remaining();

    Refusals.assertRefused(ErrorCode.X3DH_MISSING_PREKEY, () -> accept(once, opened.message()));
    assertThat(twice.kem()).containsOnlyKeys("kem-last", "kem-2");
  }

  @Test
  void an_expired_kem_prekey_is_not_used_and_answered_for_a_day() {
    Prekeys bobs =
        cast.bobsPrekeys.withKem(
            cast.bobSigning,
            "kem-old",
            KemPrekey.Kind.ONE_TIME,
            Cast.NOW.plusSeconds(60),
            Cast.dice("old"));
    PrekeyBundle bundle = Cast.bundle(bobs, "otk-1", "kem-old");
    InitialMessage message =
        X3dh.open(cast.alice, cast.bob.did(), bundle, Cast.dice("x"), Cast.NOW).message();

    Refusals.assertRefused(
        ErrorCode.PREKEY_INVALID,
        () ->
            X3dh.open(
                cast.alice, cast.bob.did(), bundle, Cast.dice("x"), Cast.NOW.plusSeconds(60)));
    Refusals.assertRefused(
        ErrorCode.PREKEY_INVALID,
        () ->
            X3dh.accept(
                bobs,
                cast.alice.did(),
                message,
                Cast.NOW.plusSeconds(60).plus(Limits.PREKEY_GRACE)));
    assertThat(accept(bobs, message).remaining().kem()).doesNotContainKey("kem-old");
  }

  @Test
  void a_kem_prekey_whose_coefficients_are_too_large_is_refused_although_bob_signed_it() {
    byte[] key = Cast.own(cast.bobsPrekeys.kem(), "kem-1").pair().publicKey().toArray();
    key[0] = (byte) 0xFF;
    key[1] = (byte) 0xFF;
    KemPrekey weak =
        KemPrekey.sign(
            io.talos.contracts.did.Did.parse(cast.bob.did()),
            cast.bobSigning,
            "kem-1",
            KemPrekey.Kind.ONE_TIME,
            Bytes.of(key),
            Cast.PREKEY_END);

    Refusals.assertRefused(
        ErrorCode.PREKEY_INVALID,
        () ->
            X3dh.open(
                cast.alice,
                cast.bob.did(),
                Altered.withKem(Cast.bundle(cast.bobsPrekeys, "otk-1"), Optional.of(weak)),
                Cast.dice("x"),
                Cast.NOW));
  }

  private X3dh.Opened opensWith(String kemId) {
    return X3dh.open(
        cast.alice,
        cast.bob.did(),
        Cast.bundle(cast.bobsPrekeys, "none", kemId),
        Cast.dice("last"),
        Cast.NOW);
  }

  private X3dh.Accepted accept(Prekeys own, InitialMessage message) {
    return X3dh.accept(own, cast.alice.did(), message, Cast.NOW);
  }
}
