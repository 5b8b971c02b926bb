package io.talos.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Mallory stands between Alice and Bob, or pretends to be one of them. */
@Threat("T-IMPERSONATION-01")
@Threat("T-MITM-01")
class ImpersonatedAgentTest {
  private final Cast cast = new Cast();

  @Test
  void a_bundle_of_mallorys_in_place_of_bobs_is_refused() {
    Refusals.assertRefused(
        ErrorCode.X3DH_INVALID_SIGNATURE, () -> open(Cast.bundle(cast.mallorysPrekeys, "otk-1")));
  }

  @Test
  void a_signed_prekey_of_mallorys_under_bobs_name_is_refused() {
    PrekeyBundle bobs = Cast.bundle(cast.bobsPrekeys, "otk-1");

    Refusals.assertRefused(
        ErrorCode.X3DH_INVALID_SIGNATURE,
        () -> open(Altered.with(bobs, cast.mallorysPrekeys.newest().orElseThrow())));
  }

  @Test
  void an_identity_key_of_mallorys_under_bobs_name_is_refused() {
    PrekeyBundle bobs = Cast.bundle(cast.bobsPrekeys, "otk-1");
    IdentityKey swapped =
        new IdentityKey(
            cast.bob.did(), cast.mallory.pair().publicKey(), cast.mallory.certified().signature());

    Refusals.assertRefused(
        ErrorCode.X3DH_INVALID_SIGNATURE, () -> open(Altered.with(bobs, swapped)));
  }

  @Test
  void a_signed_prekey_whose_expiry_was_moved_is_refused() {
    PrekeyBundle bobs = Cast.bundle(cast.bobsPrekeys, "otk-1");
    SignedPrekey old = bobs.signedPrekey();
    SignedPrekey moved =
        new SignedPrekey(
            old.id(),
            old.publicKey(),
            old.expiresAt().plusSeconds(3600),
            old.suites(),
            old.signature());

    Refusals.assertRefused(ErrorCode.X3DH_INVALID_SIGNATURE, () -> open(Altered.with(bobs, moved)));
  }

  @Test
  void a_swapped_one_time_prekey_gives_mallory_nothing_and_bob_refuses_the_opening() {
    PrekeyBundle bobs = Cast.bundle(cast.bobsPrekeys, "otk-1");
    Bytes mallorys = Cast.own(cast.mallorysPrekeys.oneTime(), "otk-1").publicKey();
    X3dh.Opened opened =
        open(Altered.withOneTime(bobs, Optional.of(new OneTimePrekey("otk-1", mallorys))));

    Refusals.assertRefused(ErrorCode.RATCHET_AUTH_FAILED, () -> accept(opened.message()));
    assertThat(accept(cast.aliceOpens().message()).remaining().oneTime()).containsOnlyKeys("otk-2");
  }

  @Test
  void an_opening_that_mallory_makes_in_alices_name_is_refused_and_spends_no_prekey() {
    // Mallory holds her own keys and Alice's public ones, certificate included.
    X3dh.Opened mallorys =
        X3dh.open(
            cast.mallory,
            cast.bob.did(),
            Cast.bundle(cast.bobsPrekeys, "otk-1"),
            Cast.dice("mallory opens"),
            Cast.NOW);
    InitialMessage claimed = Altered.with(mallorys.message(), cast.alice.certified());

    Refusals.assertRefused(ErrorCode.RATCHET_AUTH_FAILED, () -> accept(claimed));
  }

  @Test
  void mallorys_own_opening_is_refused_where_alices_is_expected() {
    X3dh.Opened mallorys =
        X3dh.open(
            cast.mallory,
            cast.bob.did(),
            Cast.bundle(cast.bobsPrekeys, "otk-1"),
            Cast.dice("mallory opens"),
            Cast.NOW);

    Refusals.assertRefused(ErrorCode.RATCHET_AUTH_FAILED, () -> accept(mallorys.message()));
  }

  @Test
  void alices_opening_for_bob_cannot_be_passed_on_to_mallory_or_claimed_by_her() {
    InitialMessage message = cast.aliceOpens().message();
    InitialMessage readdressed = Altered.with(message, "responder_did", cast.mallory.did());

    Refusals.assertRefused(
        ErrorCode.RATCHET_AUTH_FAILED,
        () -> X3dh.accept(cast.mallorysPrekeys, cast.alice.did(), message, Cast.NOW));
    Refusals.assertRefused(
        ErrorCode.RATCHET_AUTH_FAILED,
        () -> X3dh.accept(cast.mallorysPrekeys, cast.alice.did(), readdressed, Cast.NOW));
    InitialMessage claimed = Altered.with(message, cast.mallory.certified());
    Refusals.assertRefused(
        ErrorCode.RATCHET_AUTH_FAILED,
        () -> X3dh.accept(cast.bobsPrekeys, cast.mallory.did(), claimed, Cast.NOW));
  }

  @Test
  void a_key_in_the_opening_that_was_exchanged_on_the_way_is_noticed() {
    InitialMessage message = cast.aliceOpens().message();
    Bytes mallorys = cast.mallory.pair().publicKey();
    List<InitialMessage> altered =
        List.of(
            Altered.with(message, "ephemeral_key", mallorys),
            Altered.with(message, "ratchet_key", mallorys),
            Altered.with(message, "one_time_prekey_id", "otk-2"),
            Altered.without(message, "one_time_prekey_id"),
            Altered.with(message, "kem_prekey_id", "kem-last"));

    altered.forEach(
        one -> Refusals.assertRefused(ErrorCode.RATCHET_AUTH_FAILED, () -> accept(one)));
  }

  @Test
  void low_order_keys_in_a_bundle_are_refused_although_bob_signed_them() {
    for (int which = 0; which < Cast.LOW_ORDER_POINTS; which++) {
      Bytes point = Cast.lowOrderPoint(which);
      PrekeyBundle bobs = Cast.bundle(cast.bobsPrekeys, "otk-1");
      SignedPrekey signed =
          SignedPrekey.sign(cast.bobSigning, "spk-1", point, Cast.PREKEY_END, SpokenSuites.ALL);
      IdentityKey identity = IdentityKey.certify(cast.bobSigning, point);
      Optional<OneTimePrekey> oneTime = Optional.of(new OneTimePrekey("otk-1", point));

      List.of(
              Altered.with(bobs, signed),
              Altered.with(bobs, identity),
              Altered.withOneTime(bobs, oneTime))
          .forEach(
              bundle ->
                  Refusals.assertRefused(ErrorCode.RATCHET_INVALID_DH_KEY, () -> open(bundle)));
    }
  }

  @Test
  void low_order_keys_in_an_opening_or_a_header_are_refused_with_the_one_code() {
    Cast.Channel channel = cast.channel();
    Ratchet.Sent sent = Ratchet.send(channel.alice(), Bytes.utf8("hello"), Cast.dice("x"));
    InitialMessage message = cast.aliceOpens().message();

    for (int which = 0; which < Cast.LOW_ORDER_POINTS; which++) {
      Bytes point = Cast.lowOrderPoint(which);
      InitialMessage weak = Altered.with(message, "ephemeral_key", point);
      Refusals.assertRefused(ErrorCode.RATCHET_AUTH_FAILED, () -> accept(weak));
      assertThat(
              Ratchet.receive(
                  channel.bob(),
                  Cast.withHeader(sent.message(), new RatchetHeader(point, 0, 0).encode())))
          .isEqualTo(new Received.Refused(ErrorCode.RATCHET_AUTH_FAILED));
    }
  }

  private X3dh.Opened open(PrekeyBundle bundle) {
    return X3dh.open(cast.alice, cast.bob.did(), bundle, Cast.dice("open"), Cast.NOW);
  }

  private X3dh.Accepted accept(InitialMessage message) {
    return X3dh.accept(cast.bobsPrekeys, cast.alice.did(), message, Cast.NOW);
  }
}
