package io.talos.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Mallory wants Bob to read what Alice did not write, or to stop reading what she did. */
@Threat("T-MITM-01")
class ForgedMessageTest {
  private final Cast cast = new Cast();
  private final Cast.Channel channel = cast.channel();
  private final Ratchet.Sent sent =
      Ratchet.send(channel.alice(), Bytes.utf8("pay 10"), Cast.dice("send"));

  @Test
  void a_message_with_any_bit_of_its_header_flipped_is_refused_and_the_genuine_one_still_opens() {
    IntStream.range(0, RatchetHeader.SIZE * 8)
        .mapToObj(bit -> Cast.flipped(sent.message().header(), bit))
        .map(header -> Ratchet.receive(channel.bob(), Cast.withHeader(sent.message(), header)))
        .forEach(received -> assertThat(received).isInstanceOf(Received.Refused.class));

    assertThat(Ratchet.receive(channel.bob(), sent.message()).orThrow().plaintext())
        .isEqualTo(Bytes.utf8("pay 10"));
  }

  @Test
  void a_message_with_any_bit_of_its_ciphertext_flipped_is_refused_with_the_one_code() {
    Bytes ciphertext = sent.message().ciphertext();

    for (int bit = 0; bit < ciphertext.size() * 8; bit++) {
      assertThat(
              Ratchet.receive(
                  channel.bob(),
                  new RatchetMessage(sent.message().header(), Cast.flipped(ciphertext, bit))))
          .isEqualTo(new Received.Refused(ErrorCode.RATCHET_AUTH_FAILED));
    }
  }

  @Test
  void a_forgery_does_not_burn_the_skipped_key_of_the_message_it_imitates() {
    Ratchet.Sent late = Ratchet.send(sent.next(), Bytes.utf8("second"), Cast.dice("x"));
    RatchetState bob = Ratchet.receive(channel.bob(), late.message()).orThrow().next();
    RatchetMessage forged =
        new RatchetMessage(sent.message().header(), Cast.flipped(sent.message().ciphertext(), 0));

    assertThat(Ratchet.receive(bob, forged))
        .isEqualTo(new Received.Refused(ErrorCode.RATCHET_AUTH_FAILED));

    Received.Opened genuine = Ratchet.receive(bob, sent.message()).orThrow();
    assertThat(genuine.plaintext()).isEqualTo(Bytes.utf8("pay 10"));
    assertThat(genuine.next().skipped().size()).isZero();
  }

  @Test
  void a_made_up_ratchet_key_does_not_turn_bobs_ratchet() {
    RatchetHeader header = RatchetHeader.decode(sent.message().header());
    Bytes own =
        new RatchetHeader(cast.mallory.pair().publicKey(), header.previousCount(), 0).encode();

    Received received = Ratchet.receive(channel.bob(), Cast.withHeader(sent.message(), own));

    assertThat(received).isEqualTo(new Received.Refused(ErrorCode.RATCHET_AUTH_FAILED));
    assertThat(Ratchet.receive(channel.bob(), sent.message()).orThrow().plaintext())
        .isEqualTo(Bytes.utf8("pay 10"));
  }

  @Test
  void alices_own_message_sent_back_to_her_is_refused() {
    assertThat(Ratchet.receive(sent.next(), sent.message()))
        .isEqualTo(new Received.Refused(ErrorCode.RATCHET_AUTH_FAILED));
  }

  @Test
  void a_message_of_another_channel_between_the_same_two_is_refused() {
    X3dh.Opened other =
        X3dh.open(
            cast.alice,
            cast.bob.did(),
            Cast.bundle(cast.bobsPrekeys, "otk-2"),
            Cast.dice("another channel"),
            Cast.NOW);
    Ratchet.Sent elsewhere = Ratchet.send(other.state(), Bytes.utf8("elsewhere"), Cast.dice("x"));

    assertThat(Ratchet.receive(channel.bob(), elsewhere.message()))
        .isEqualTo(new Received.Refused(ErrorCode.RATCHET_AUTH_FAILED));
  }

  @Test
  void a_ciphertext_shorter_than_its_tag_is_refused_with_the_one_code() {
    for (int size = 0; size < 16; size++) {
      assertThat(
              Ratchet.receive(
                  channel.bob(),
                  new RatchetMessage(
                      sent.message().header(), sent.message().ciphertext().slice(0, size))))
          .isEqualTo(new Received.Refused(ErrorCode.RATCHET_AUTH_FAILED));
    }
  }
}
