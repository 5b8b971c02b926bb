package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.X25519;
import jakarta.json.Json;

/** Messages of a channel, states at rest and headers. */
final class RatchetCases {
  private final ChannelCases cases;
  private final Cast cast = new Cast();

  RatchetCases(ChannelCases cases) {
    this.cases = cases;
  }

  /** Adds all of them. */
  void addAll() {
    conversation();
    refusedMessages();
    skips();
    states();
    headers();
  }

  private RatchetState send(String flag, String comment, RatchetState state, String text) {
    Randomness chance = Cast.dice("vector " + comment);
    cases.add(
        "Send",
        flag,
        comment,
        Json.createObjectBuilder()
            .add("state_hex", hex(state.encode().reveal()))
            .add("plaintext_hex", Bytes.utf8(text).hex())
            .add("randomness_hex", chance.bytes(X25519.SIZE).hex()));
    return sent(state, text, comment).next();
  }

  private static Ratchet.Sent sent(RatchetState state, String text, String comment) {
    return Ratchet.send(state, Bytes.utf8(text), Cast.dice("vector " + comment));
  }

  private RatchetState receive(
      String flag, String comment, RatchetState state, RatchetMessage message) {
    cases.add(
        "Receive",
        flag,
        comment,
        Json.createObjectBuilder()
            .add("state_hex", hex(state.encode().reveal()))
            .add("header_hex", message.header().hex())
            .add("ciphertext_hex", message.ciphertext().hex()));
    return Ratchet.receive(state, message).match(opened -> opened.next(), refused -> state);
  }

  private void conversation() {
    Cast.Channel channel = cast.channel();
    RatchetState alice = channel.alice();
    RatchetState bob = channel.bob();
    Ratchet.Sent a0 = sent(alice, "hello bob", "alice's first message");
    alice = send("Genuine", "alice's first message", alice, "hello bob");
    Ratchet.Sent a1 = sent(alice, "", "an empty message");
    alice = send("Genuine", "an empty message", alice, "");
    bob = receive("Genuine", "alice's first message", bob, a0.message());
    bob = receive("Genuine", "an empty message", bob, a1.message());
    Ratchet.Sent b0 = sent(bob, "hello alice", "bob turns the ratchet");
    bob = send("Turn", "bob turns the ratchet", bob, "hello alice");
    alice = receive("Turn", "bob turned the ratchet", alice, b0.message());
    Ratchet.Sent a2 = sent(alice, "two", "alice turns the ratchet");
    alice = send("Turn", "alice turns the ratchet", alice, "two");
    Ratchet.Sent a3 = sent(alice, "three", "a second in the new chain");
    alice = send("Genuine", "a second in the new chain", alice, "three");
    bob = receive("OutOfOrder", "the second comes first", bob, a3.message());
    bob = receive("OutOfOrder", "then the first, by its skipped key", bob, a2.message());
    receive("Replay", "the first once more", bob, a2.message());
    receive("Replay", "the second once more", bob, a3.message());
    receive("Replay", "a message of the chain that has ended", bob, a0.message());
    receive("Replay", "alice's own message sent back to her", alice, a3.message());
    Ratchet.Sent simultaneous =
        sent(channel.bob(), "I was first", "bob speaks before he has heard anything");
    send("Turn", "bob speaks before he has heard anything", channel.bob(), "I was first");
    receive("Turn", "his message arrives", channel.alice(), simultaneous.message());
  }

  private void refusedMessages() {
    Cast.Channel channel = cast.channel();
    RatchetMessage good = sent(channel.alice(), "pay 10", "x").message();
    RatchetState bob = channel.bob();
    RatchetHeader header = RatchetHeader.decode(good.header());
    receive("Genuine", "the message that is attacked below", bob, good);
    for (int bit : new int[] {8, 8 * 33 + 1, 8 * 37 + 6, 8 * 40 + 1}) {
      receive(
          "Tampered",
          "header bit " + bit + " flipped",
          bob,
          Cast.withHeader(good, Cast.flipped(good.header(), bit)));
    }
    int last = good.ciphertext().size() * 8 - 1;
    for (int bit : new int[] {0, last}) {
      receive(
          "Tampered",
          "ciphertext bit " + bit + " flipped",
          bob,
          new RatchetMessage(good.header(), Cast.flipped(good.ciphertext(), bit)));
    }
    receive(
        "Tampered", "no ciphertext at all", bob, new RatchetMessage(good.header(), Bytes.empty()));
    receive(
        "Tampered",
        "only a tag",
        bob,
        new RatchetMessage(
            good.header(), good.ciphertext().slice(0, good.ciphertext().size() - 6)));
    receive(
        "WrongIdentity",
        "a ratchet key that mallory made up",
        bob,
        Cast.withHeader(good, new RatchetHeader(cast.mallory.pair().publicKey(), 0, 0).encode()));
    for (int which = 0; which < Cast.LOW_ORDER_POINTS; which++) {
      receive(
          "LowOrder",
          "a ratchet key of low order",
          bob,
          Cast.withHeader(good, new RatchetHeader(Cast.lowOrderPoint(which), 0, 0).encode()));
    }
    receive(
        "Skip",
        "a number 1001 ahead",
        bob,
        Cast.withHeader(good, new RatchetHeader(header.ratchetKey(), 0, 1001).encode()));
    receive(
        "Skip",
        "a previous count 1001 ahead",
        bob,
        Cast.withHeader(
            good, new RatchetHeader(cast.mallory.pair().publicKey(), 1001, 0).encode()));
    RatchetState other =
        X3dh.open(
                cast.alice,
                cast.bob.did(),
                Cast.bundle(cast.bobsPrekeys, "otk-2"),
                Cast.dice("other"),
                Cast.NOW)
            .state();
    receive("WrongIdentity", "a message of another channel", bob, sent(other, "x", "x").message());
    Ratchet.Sent late = sent(sent(channel.alice(), "pay 10", "x").next(), "two", "x");
    RatchetState waiting = receive("OutOfOrder", "a gap of one", bob, late.message());
    waiting =
        receive(
            "Tampered",
            "a forgery for the gap",
            waiting,
            new RatchetMessage(good.header(), Cast.flipped(good.ciphertext(), 3)));
    receive("OutOfOrder", "the genuine one fills the gap", waiting, good);
  }

  private void skips() {
    Cast.Channel channel = cast.channel();
    RatchetState alice = channel.alice();
    RatchetMessage message = sent(alice, "", "x").message();
    for (int number = 0; number <= Limits.SKIPPED_PER_CHAIN_MAX + 1; number++) {
      Ratchet.Sent sent = sent(alice, "number " + number, "x");
      alice = sent.next();
      message = sent.message();
      if (number == Limits.SKIPPED_PER_CHAIN_MAX) {
        receive("Skip", "a thousand messages were skipped", channel.bob(), message);
      }
    }
    receive("Skip", "a thousand and one were", channel.bob(), message);
  }

  private void states() {
    byte[] good = cast.channel().bob().encode().reveal();
    int chains = 9 + 32 * 4;
    int counters = good.length - 16;
    state("Genuine", "the responder's first state", good);
    state("Genuine", "the initiator's first state", cast.channel().alice().encode().reveal());
    state("Form", "one byte short", Bytes.of(good).slice(0, good.length - 1).toArray());
    state("Form", "one byte more", Bytes.of(good).concat(Bytes.of((byte) 0)).toArray());
    state("Form", "nothing", new byte[0]);
    state("Form", "another magic", with(good, 0, 'X'));
    state("Form", "another version", with(good, 7, 2));
    state("Form", "an unknown suite", with(good, 8, 9));
    state("Downgrade", "the other suite's number", with(good, 8, 1));
    state("Form", "an option that is neither there nor not", with(good, chains, 2));
    state("Form", "a negative counter", with(good, counters, 0x80));
    state("Form", "skipped keys that are not there", with(good, counters + 15, 1));
    state("Form", "too many skipped keys", with(good, counters + 14, 0xFF));
  }

  private void state(String flag, String comment, byte[] encoded) {
    cases.add("State", flag, comment, Json.createObjectBuilder().add("state_hex", hex(encoded)));
  }

  private static byte[] with(byte[] encoded, int at, int value) {
    byte[] copy = encoded.clone();
    copy[at] = (byte) value;
    return copy;
  }

  private void headers() {
    Bytes key = cast.alice.pair().publicKey();
    header("Genuine", "the first of a chain", new RatchetHeader(key, 0, 0).encode());
    Bytes largest = new RatchetHeader(key, Integer.MAX_VALUE, Limits.MESSAGE_NUMBER_MAX).encode();
    header("Genuine", "the largest numbers", largest);
    header("Form", "a number that is too large", tail(largest, "7fffffff" + "7fffffff"));
    header("Form", "a negative number", tail(largest, "00000000" + "ffffffff"));
    header("Form", "a negative count", tail(largest, "80000000" + "00000000"));
    header("Form", "another version", Bytes.of((byte) 1).concat(largest.slice(1, 41)));
    header("Form", "one byte short", largest.slice(0, 40));
    header("Form", "one byte more", largest.concat(Bytes.of((byte) 0)));
    header("Form", "nothing", Bytes.empty());
  }

  private void header(String flag, String comment, Bytes encoded) {
    cases.add("Header", flag, comment, Json.createObjectBuilder().add("header_hex", encoded.hex()));
  }

  private static Bytes tail(Bytes header, String counts) {
    return header.slice(0, 33).concat(Hex.decode(counts));
  }

  private static String hex(byte[] bytes) {
    return Hex.encode(bytes);
  }
}
