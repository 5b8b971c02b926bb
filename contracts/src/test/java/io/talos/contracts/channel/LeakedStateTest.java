package io.talos.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Mallory got a copy of Bob's state, or gives Bob a state to read. */
class LeakedStateTest {
  private final Cast cast = new Cast();
  private final Cast.Channel channel = cast.channel();

  @Test
  @Threat("T-KEYCOMPROMISE-01")
  void a_leaked_state_does_not_read_what_came_before_it() {
    Ratchet.Sent before = Ratchet.send(channel.alice(), Bytes.utf8("before"), Cast.dice("a"));
    RatchetState leaked = Ratchet.receive(channel.bob(), before.message()).orThrow().next();

    assertThat(Ratchet.receive(leaked, before.message()))
        .isEqualTo(new Received.Refused(ErrorCode.RATCHET_AUTH_FAILED));
  }

  @Test
  @Threat("T-KEYCOMPROMISE-02")
  void a_leaked_state_does_not_read_what_follows_the_next_exchange_of_keys() {
    RatchetState leaked = channel.bob();
    Ratchet.Sent first = Ratchet.send(channel.alice(), Bytes.utf8("one"), Cast.dice("a"));
    RatchetState bob = Ratchet.receive(channel.bob(), first.message()).orThrow().next();
    RatchetState stolen = Ratchet.receive(leaked, first.message()).orThrow().next();
    // Bob's next key comes from chance that Mallory does not have.
    Ratchet.Sent answer = Ratchet.send(bob, Bytes.utf8("two"), Cast.dice("bob's own"));
    RatchetState alice = Ratchet.receive(first.next(), answer.message()).orThrow().next();
    Ratchet.Sent healed = Ratchet.send(alice, Bytes.utf8("three"), Cast.dice("alice's own"));

    assertThat(Ratchet.receive(stolen, healed.message()))
        .isEqualTo(new Received.Refused(ErrorCode.RATCHET_AUTH_FAILED));
    assertThat(Ratchet.receive(answer.next(), healed.message()).orThrow().plaintext())
        .isEqualTo(Bytes.utf8("three"));
  }

  @Test
  void a_state_says_nothing_of_its_keys_when_it_is_printed() {
    String root = Bytes.of(channel.bob().rootKey().reveal()).hex();

    assertThat(channel.bob().toString()).doesNotContain(root).contains("redacted");
  }

  @Test
  void a_state_is_read_back_as_it_was_and_in_no_other_form() {
    byte[] encoded = channel.bob().encode().reveal();

    assertThat(RatchetState.decode(SecretBytes.of(encoded))).isEqualTo(channel.bob());
    for (int size = 0; size < encoded.length; size++) {
      refused(Arrays.copyOf(encoded, size));
    }
    refused(Arrays.copyOf(encoded, encoded.length + 1));
  }

  @Test
  void a_state_with_impossible_members_is_refused() {
    byte[] encoded = channel.bob().encode().reveal();
    int chains = 9 + 32 * 4;
    int counters = encoded.length - 24;

    refused(with(encoded, 0, 'X'));
    refused(with(encoded, 7, 1));
    refused(with(encoded, 8, 4));
    refused(with(encoded, 8, 1));
    refused(with(encoded, chains, 2));
    refused(with(encoded, counters, 0x80));
    refused(with(encoded, counters + 4, 0x80));
    refused(with(encoded, counters + 8, 0x80));
    refused(with(encoded, counters + 12, 0x80));
    refused(with(encoded, counters + 20, 0x80));
    refused(with(encoded, counters + 23, 1));
  }

  private static byte[] with(byte[] encoded, int at, int value) {
    byte[] copy = encoded.clone();
    copy[at] = (byte) value;
    return copy;
  }

  private static void refused(byte[] encoded) {
    Refusals.assertRefused(
        ErrorCode.ENCODING_INVALID, () -> RatchetState.decode(SecretBytes.of(encoded)));
  }

  @Test
  @Threat("T-KEYCOMPROMISE-01")
  void a_state_that_was_replaced_holds_none_of_the_keys_that_served() {
    Ratchet.Sent sent = Ratchet.send(channel.alice(), Bytes.utf8("one"), Cast.dice("a"));
    RatchetState next = Ratchet.receive(channel.bob(), sent.message()).orThrow().next();
    SecretBytes chain = channel.bob().receivingChain().orElseThrow();

    channel.bob().retire(next);

    assertThatThrownBy(chain::reveal).isInstanceOf(IllegalStateException.class);
    Ratchet.Sent answer = Ratchet.send(next, Bytes.utf8("two"), Cast.dice("b"));
    assertThat(Ratchet.receive(sent.next(), answer.message()).orThrow().plaintext())
        .isEqualTo(Bytes.utf8("two"));
    // The signed prekey with which the channel began serves other openings still.
    assertThat(
            X3dh.accept(cast.bobsPrekeys, cast.alice.did(), cast.aliceOpens().message(), Cast.NOW))
        .isNotNull();
  }
}
