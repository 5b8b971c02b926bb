package io.talos.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mallory rewrites the suite's name, or the message around it, to get a weaker channel. */
@Threat("T-MITM-01")
class DowngradedSuiteTest {
  private final Cast cast = new Cast();
  private final String opening = cast.aliceOpens().message().encode().utf8();

  @Test
  void an_opening_that_names_a_weaker_or_unknown_suite_is_refused() {
    for (String name : List.of("talos-1x", "talos-x3dh-1", "TALOS-X3DH-2", "")) {
      Refusals.assertRefused(
          ErrorCode.TALOS_PROTOCOL_MISMATCH, () -> decode(opening.replace("talos-x3dh-2", name)));
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
            opening.replace("\"suite\"", "\"more\":1,\"suite\""),
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
}
