package io.talos.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import org.junit.jupiter.api.Test;

/** Mallory wants Bob to act twice on what Alice said once. */
@Threat("T-REPLAY-01")
class ReplayedMessageTest {
  private static final Received REFUSED = new Received.Refused(ErrorCode.RATCHET_AUTH_FAILED);

  private final Cast cast = new Cast();
  private final Cast.Channel channel = cast.channel();

  @Test
  void a_message_that_comes_twice_is_refused_the_second_time() {
    Ratchet.Sent sent = Ratchet.send(channel.alice(), Bytes.utf8("pay 10"), Cast.dice("a"));
    RatchetState bob = Ratchet.receive(channel.bob(), sent.message()).orThrow().next();

    assertThat(Ratchet.receive(bob, sent.message())).isEqualTo(REFUSED);
  }

  @Test
  void a_late_message_opens_once_by_its_skipped_key_and_never_again() {
    Ratchet.Sent first = Ratchet.send(channel.alice(), Bytes.utf8("one"), Cast.dice("a"));
    Ratchet.Sent second = Ratchet.send(first.next(), Bytes.utf8("two"), Cast.dice("a"));
    RatchetState bob = Ratchet.receive(channel.bob(), second.message()).orThrow().next();

    Received.Opened late = Ratchet.receive(bob, first.message()).orThrow();

    assertThat(late.plaintext()).isEqualTo(Bytes.utf8("one"));
    assertThat(Ratchet.receive(late.next(), first.message())).isEqualTo(REFUSED);
    assertThat(Ratchet.receive(late.next(), second.message())).isEqualTo(REFUSED);
  }

  @Test
  void a_message_of_a_chain_that_has_ended_is_refused_when_it_comes_again() {
    Ratchet.Sent old = Ratchet.send(channel.alice(), Bytes.utf8("old"), Cast.dice("a"));
    RatchetState bob = Ratchet.receive(channel.bob(), old.message()).orThrow().next();
    Ratchet.Sent answer = Ratchet.send(bob, Bytes.utf8("yes"), Cast.dice("b"));
    RatchetState alice = Ratchet.receive(old.next(), answer.message()).orThrow().next();
    Ratchet.Sent fresh = Ratchet.send(alice, Bytes.utf8("new"), Cast.dice("c"));
    bob = Ratchet.receive(answer.next(), fresh.message()).orThrow().next();

    assertThat(Ratchet.receive(bob, old.message())).isEqualTo(REFUSED);
  }

  @Test
  void an_initial_message_that_comes_twice_finds_its_one_time_prekey_gone() {
    X3dh.Opened opened = cast.aliceOpens();
    Prekeys remaining =
        X3dh.accept(cast.bobsPrekeys, cast.alice.did(), opened.message(), Cast.NOW).remaining();

    assertThat(remaining.oneTime()).containsOnlyKeys("otk-2");
    Refusals.assertRefused(
        ErrorCode.X3DH_MISSING_PREKEY,
        () -> X3dh.accept(remaining, cast.alice.did(), opened.message(), Cast.NOW));
  }
}
