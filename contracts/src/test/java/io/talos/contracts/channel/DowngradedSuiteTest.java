package io.talos.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Mallory rewrites the suite's name, or the message around it, to get a weaker channel. */
@Threat("T-MITM-01")
class DowngradedSuiteTest {
  private static final SpokenSuites ONLY_X3DH = SpokenSuites.of(Suite.TALOS_X3DH_2);

  private final Cast cast = new Cast();
  private final PrekeyBundle bobs = Cast.bundle(cast.bobsPrekeys, "otk-1");
  private final String opening = cast.aliceOpens().message().encode().utf8();

  @Test
  void an_opening_that_names_a_weaker_or_unknown_suite_is_refused() {
    for (String name : List.of("talos-1x", "talos-pqxdh-1", "TALOS-PQXDH-2", "")) {
      Refusals.assertRefused(
          ErrorCode.TALOS_PROTOCOL_MISMATCH, () -> decode(Altered.with(opening, "suite", name)));
    }
  }

  @Test
  void a_state_of_one_suite_is_not_taken_by_the_other() {
    Cast.Channel channel = cast.channel();
    OneXPrekeyBundle bundle =
        new OneXPrekeyBundle(
            cast.bobSigning.publicKey(),
            cast.bob.pair().publicKey(),
            cast.bobSigning.sign(cast.bob.pair().publicKey()));
    RatchetState old = OneXRatchet.open(bundle, Cast.dice("x"));

    Refusals.assertRefused(
        ErrorCode.TALOS_PROTOCOL_MISMATCH,
        () -> Ratchet.send(old, Bytes.utf8("x"), Cast.dice("x")));
    Refusals.assertRefused(
        ErrorCode.TALOS_PROTOCOL_MISMATCH,
        () ->
            OneXRatchet.send(channel.alice(), OneXDialect.V1_1_0, Bytes.utf8("x"), Cast.dice("x")));
  }

  @Test
  void an_opening_in_any_other_text_than_its_own_is_refused() {
    for (String text :
        List.of(
            opening + " ",
            opening.replace(":", ": "),
            opening.replace("\"suite\":", "\"more\":1,\"suite\":"),
            opening.replace("{\"confirmation\"", "{\"confirmation\":\"\",\"confirmation\""),
            opening.replaceFirst("\"ephemeral_key\":\"[^\"]*\",", ""),
            opening.replace("spk-1", "spk 1"),
            opening.replace("\"spk-1\"", "1"),
            "[]",
            "")) {
      Refusals.assertRefused(ErrorCode.RATCHET_INVALID_HEADER, () -> decode(text));
    }
    assertThat(decode(opening)).isEqualTo(cast.aliceOpens().message());
  }

  private static InitialMessage decode(String text) {
    return InitialMessage.decode(Bytes.utf8(text));
  }

  @Test
  void both_agents_use_the_best_suite_that_both_speak() {
    assertThat(cast.aliceOpens().state().suite()).isEqualTo(Suite.TALOS_PQXDH_2);
    assertThat(opens(ONLY_X3DH).message().suite()).isEqualTo(Suite.TALOS_X3DH_2);
    assertThat(accept(opens(ONLY_X3DH).message()).state().suite()).isEqualTo(Suite.TALOS_X3DH_2);
    assertThat(accept(opens(new SpokenSuites(List.of("talos-2030", "talos-pqxdh-2"))).message()))
        .extracting(accepted -> accepted.state().suite())
        .isEqualTo(Suite.TALOS_PQXDH_2);
  }

  @Test
  void the_suite_of_talos_one_is_never_negotiated() {
    SpokenSuites old = new SpokenSuites(List.of("talos-1x", "talos-x3dh-1"));

    Refusals.assertRefused(ErrorCode.TALOS_PROTOCOL_MISMATCH, () -> opens(old));
    assertThat(old.best(old)).isEmpty();
    assertThat(SpokenSuites.of(Suite.TALOS_1X, Suite.TALOS_X3DH_2).best(SpokenSuites.ALL))
        .contains(Suite.TALOS_X3DH_2);
  }

  @Test
  void a_server_that_takes_suites_out_of_bobs_list_is_found_out() {
    SignedPrekey signed = bobs.signedPrekey();
    SignedPrekey shortened =
        new SignedPrekey(
            signed.id(), signed.publicKey(), signed.expiresAt(), ONLY_X3DH, signed.signature());

    Refusals.assertRefused(
        ErrorCode.X3DH_INVALID_SIGNATURE, () -> opens(Altered.with(bobs, shortened)));
  }

  @Test
  void a_server_that_keeps_the_kem_prekey_back_does_not_get_the_weaker_suite() {
    Refusals.assertRefused(
        ErrorCode.TALOS_PROTOCOL_MISMATCH, () -> opens(Altered.withKem(bobs, Optional.empty())));
  }

  @Test
  void a_kem_prekey_of_mallorys_or_of_another_kind_is_refused() {
    KemPrekey own = bobs.kemPrekey().orElseThrow();
    KemPrekey mallorys = Cast.own(cast.mallorysPrekeys.kem(), "kem-1").prekey();
    for (KemPrekey forged :
        List.of(
            mallorys,
            new KemPrekey(
                own.id(), own.kind(), mallorys.publicKey(), own.expiresAt(), own.signature()),
            new KemPrekey(
                own.id(),
                KemPrekey.Kind.LAST_RESORT,
                own.publicKey(),
                own.expiresAt(),
                own.signature()),
            new KemPrekey("kem-2", own.kind(), own.publicKey(), own.expiresAt(), own.signature()),
            new KemPrekey(
                own.id(),
                own.kind(),
                own.publicKey(),
                own.expiresAt().plusSeconds(1),
                own.signature()))) {
      Refusals.assertRefused(
          ErrorCode.X3DH_INVALID_SIGNATURE,
          () -> opens(Altered.withKem(bobs, Optional.of(forged))));
    }
  }

  @Test
  void a_shortened_list_in_the_opening_is_refused_whatever_suite_it_names() {
    InitialMessage message = cast.aliceOpens().message();
    InitialMessage weaker = opens(ONLY_X3DH).message();

    // Alice's own list is longer, so the message that she sent cannot be made one that offers less.
    Refusals.assertRefused(
        ErrorCode.TALOS_PROTOCOL_MISMATCH,
        () -> accept(Altered.decoded(Altered.with(text(message), "suites", list(ONLY_X3DH)))));
    Refusals.assertRefused(
        ErrorCode.RATCHET_AUTH_FAILED,
        () ->
            accept(
                Altered.decoded(
                    Altered.with(
                        text(message), "suites", list(SpokenSuites.of(Suite.TALOS_PQXDH_2))))));
    // And an opening of the weaker suite whose list was made longer does not pass for the best.
    Refusals.assertRefused(
        ErrorCode.TALOS_PROTOCOL_MISMATCH,
        () ->
            accept(Altered.decoded(Altered.with(text(weaker), "suites", list(SpokenSuites.ALL)))));
  }

  @Test
  void an_opening_of_one_suite_cannot_be_made_one_of_the_other() {
    String text = text(cast.aliceOpens().message());
    String weaker =
        Altered.with(
            Altered.without(Altered.without(text, "kem_prekey_id"), "kem_ciphertext"),
            "suite",
            "talos-x3dh-2");

    Refusals.assertRefused(
        ErrorCode.TALOS_PROTOCOL_MISMATCH, () -> accept(Altered.decoded(weaker)));
    Refusals.assertRefused(
        ErrorCode.RATCHET_AUTH_FAILED,
        () -> accept(Altered.decoded(Altered.with(weaker, "suites", list(ONLY_X3DH)))));
    Refusals.assertRefused(
        ErrorCode.RATCHET_INVALID_HEADER,
        () -> Altered.decoded(Altered.with(text, "suite", "talos-x3dh-2")));
  }

  private static String text(InitialMessage message) {
    return message.encode().utf8();
  }

  private static JsonArray list(SpokenSuites suites) {
    return Json.createArrayBuilder(suites.names()).build();
  }

  private X3dh.Opened opens(SpokenSuites offered) {
    return X3dh.open(cast.alice, cast.bob.did(), bobs, offered, Cast.dice("open"), Cast.NOW);
  }

  private X3dh.Opened opens(PrekeyBundle bundle) {
    return X3dh.open(cast.alice, cast.bob.did(), bundle, Cast.dice("open"), Cast.NOW);
  }

  private X3dh.Accepted accept(InitialMessage message) {
    return X3dh.accept(cast.bobsPrekeys, cast.alice.did(), message, Cast.NOW);
  }
}
