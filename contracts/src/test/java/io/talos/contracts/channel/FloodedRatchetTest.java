package io.talos.contracts.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Mallory holds messages back, mixes them up, and names absurd numbers, to make Bob pay for it. */
@Threat("T-NETWORKDOS-01")
class FloodedRatchetTest {
  private final Cast cast = new Cast();
  private final Cast.Channel channel = cast.channel();

  private static List<Ratchet.Sent> sends(RatchetState from, int count) {
    List<Ratchet.Sent> sent = new ArrayList<>();
    RatchetState state = from;
    for (int i = 0; i < count; i++) {
      sent.add(Ratchet.send(state, Bytes.utf8("message " + i), Cast.dice("send " + i)));
      state = sent.get(i).next();
    }
    return sent;
  }

  @Test
  void messages_in_any_order_all_open_once() {
    for (int seed = 0; seed < 20; seed++) {
      List<Ratchet.Sent> sent = new ArrayList<>(sends(channel.alice(), 40));
      List<String> texts = sent.stream().map(s -> s.message().header().hex()).toList();
      Collections.shuffle(sent, new Random(seed));
      RatchetState bob = channel.bob();

      for (Ratchet.Sent one : sent) {
        Received.Opened opened = Ratchet.receive(bob, one.message()).orThrow();
        int index = texts.indexOf(one.message().header().hex());
        assertThat(opened.plaintext()).isEqualTo(Bytes.utf8("message " + index));
        bob = opened.next();
      }

      assertThat(bob.skipped().size()).isZero();
      assertThat(bob.received()).isEqualTo(40);
    }
  }

  @Test
  void both_sides_talk_at_once_with_losses_and_understand_all_that_arrives() {
    Random chance = new Random(7);
    RatchetState alice = channel.alice();
    RatchetState bob = channel.bob();
    List<RatchetMessage> toAlice = new ArrayList<>();
    List<RatchetMessage> toBob = new ArrayList<>();

    for (int i = 0; i < 600; i++) {
      Bytes text = Bytes.utf8("text " + i);
      if (chance.nextBoolean()) {
        Ratchet.Sent sent = Ratchet.send(alice, text, Cast.dice("a" + i));
        alice = sent.next();
        toBob.add(sent.message());
      } else {
        Ratchet.Sent sent = Ratchet.send(bob, text, Cast.dice("b" + i));
        bob = sent.next();
        toAlice.add(sent.message());
      }
      if (chance.nextInt(3) > 0 && !toBob.isEmpty()) {
        RatchetMessage next = toBob.remove(chance.nextInt(toBob.size()));
        bob = chance.nextInt(10) == 0 ? bob : Ratchet.receive(bob, next).orThrow().next();
      }
      if (chance.nextInt(3) > 0 && !toAlice.isEmpty()) {
        RatchetMessage next = toAlice.remove(chance.nextInt(toAlice.size()));
        alice = chance.nextInt(10) == 0 ? alice : Ratchet.receive(alice, next).orThrow().next();
      }
    }

    assertThat(alice.skipped().size()).isLessThanOrEqualTo(Limits.SKIPPED_MAX);
    assertThat(RatchetState.decode(bob.encode())).isEqualTo(bob);
  }

  @Test
  void a_thousand_messages_may_be_skipped_at_once_and_not_one_more() {
    List<Ratchet.Sent> sent = sends(channel.alice(), Limits.SKIPPED_PER_CHAIN_MAX + 2);
    RatchetMessage atTheBound = sent.get(Limits.SKIPPED_PER_CHAIN_MAX).message();
    RatchetMessage beyond = sent.get(Limits.SKIPPED_PER_CHAIN_MAX + 1).message();

    assertThat(Ratchet.receive(channel.bob(), beyond))
        .isEqualTo(new Received.Refused(ErrorCode.RATCHET_MAX_SKIP_EXCEEDED));
    assertThat(Ratchet.receive(channel.bob(), atTheBound).orThrow().next().skipped().size())
        .isEqualTo(Limits.SKIPPED_PER_CHAIN_MAX);
  }

  @Test
  void skipped_keys_never_exceed_two_thousand_and_the_oldest_go_first() {
    List<Ratchet.Sent> sent = sends(channel.alice(), 2503);
    RatchetState bob = Ratchet.receive(channel.bob(), sent.get(1000).message()).orThrow().next();
    bob = Ratchet.receive(bob, sent.get(2001).message()).orThrow().next();
    assertThat(bob.skipped().size()).isEqualTo(Limits.SKIPPED_MAX);

    bob = Ratchet.receive(bob, sent.get(2502).message()).orThrow().next();

    assertThat(bob.skipped().size()).isEqualTo(Limits.SKIPPED_MAX);
    assertThat(Ratchet.receive(bob, sent.get(499).message()))
        .isEqualTo(new Received.Refused(ErrorCode.RATCHET_AUTH_FAILED));
    assertThat(Ratchet.receive(bob, sent.get(500).message()).orThrow().plaintext())
        .isEqualTo(Bytes.utf8("message 500"));
    assertThat(bob.encode().size()).isLessThanOrEqualTo(Limits.STATE_BYTES_MAX);
    assertThat(RatchetState.decode(bob.encode())).isEqualTo(bob);
  }

  @Test
  void negative_and_huge_numbers_are_refused_before_anything_is_derived() {
    RatchetMessage genuine = sends(channel.alice(), 1).get(0).message();
    Bytes key = genuine.header().slice(0, 33);

    for (String counts :
        List.of("80000000" + "00000000", "00000000" + "80000000", "00000000" + "7fffffff")) {
      Bytes header = key.concat(Hex.decode(counts));
      assertThat(Ratchet.receive(channel.bob(), Cast.withHeader(genuine, header)))
          .isEqualTo(new Received.Refused(ErrorCode.RATCHET_INVALID_HEADER));
    }
    Bytes farAway = key.concat(Hex.decode("000000007ffffffe"));
    assertThat(Ratchet.receive(channel.bob(), Cast.withHeader(genuine, farAway)))
        .isEqualTo(new Received.Refused(ErrorCode.RATCHET_MAX_SKIP_EXCEEDED));
  }

  @Test
  @Threat("T-KEYCOMPROMISE-01")
  void a_skipped_key_goes_when_a_thousand_and_twenty_four_later_messages_were_opened() {
    List<Ratchet.Sent> sent = sends(channel.alice(), Limits.SKIPPED_AGE_MAX + 2);
    RatchetState bob = channel.bob();
    for (Ratchet.Sent later : sent.subList(1, Limits.SKIPPED_AGE_MAX + 1)) {
      bob = Ratchet.receive(bob, later.message()).orThrow().next();
    }
    RatchetMessage first = sent.get(0).message();
    assertThat(Ratchet.receive(bob, first).orThrow().plaintext())
        .isEqualTo(Bytes.utf8("message 0"));

    bob = Ratchet.receive(bob, sent.get(Limits.SKIPPED_AGE_MAX + 1).message()).orThrow().next();

    assertThat(bob.skipped().size()).isZero();
    assertThat(Ratchet.receive(bob, first))
        .isEqualTo(new Received.Refused(ErrorCode.RATCHET_AUTH_FAILED));
  }
}
