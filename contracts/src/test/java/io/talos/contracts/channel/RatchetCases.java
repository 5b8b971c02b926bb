package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.X25519;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
    runs();
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
    for (byte[] padded : PaddingCases.unpadded()) {
      receive("Padding", "genuine, but not padded as it should be", bob, sealed(channel, padded));
    }
    receive(
        "Padding",
        "genuine, and padded as it should be",
        bob,
        sealed(channel, Padding.pad(Bytes.utf8("pay 10")).reveal()));
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
    int counters = good.length - 24;
    state("Genuine", "the responder's first state", good);
    state("Genuine", "the initiator's first state", cast.channel().alice().encode().reveal());
    state("Form", "one byte short", Bytes.of(good).slice(0, good.length - 1).toArray());
    state("Form", "one byte more", Bytes.of(good).concat(Bytes.of((byte) 0)).toArray());
    state("Form", "nothing", new byte[0]);
    state("Form", "another magic", with(good, 0, 'X'));
    state("Form", "another version", with(good, 7, 1));
    state("Form", "an unknown suite", with(good, 8, 9));
    state("Downgrade", "the number of the suite of Talos 1.x", with(good, 8, 1));
    state("Genuine", "of suite talos-x3dh-2", with(good, 8, 2));
    state("Form", "an option that is neither there nor not", with(good, chains, 2));
    state("Form", "a negative count of opened messages", with(good, counters + 12, 0x80));
    byte[] waiting = waiting().encode().reveal();
    state("Genuine", "with a skipped key", waiting);
    state(
        "Form",
        "a skipped key is cut short",
        Bytes.of(waiting).slice(0, waiting.length - 1).toArray());
    state("Form", "the same skipped key twice", twice(waiting));
    state("Form", "a negative counter", with(good, counters, 0x80));
    state("Form", "skipped keys that are not there", with(good, counters + 23, 1));
    state("Form", "too many skipped keys", with(good, counters + 22, 0xFF));
  }

  private void state(String flag, String comment, byte[] encoded) {
    cases.add("State", flag, comment, Json.createObjectBuilder().add("state_hex", hex(encoded)));
  }

  /** Bob has the second message and waits for the first. */
  private RatchetState waiting() {
    Cast.Channel channel = cast.channel();
    Ratchet.Sent first = sent(channel.alice(), "one", "x");
    RatchetMessage second = sent(first.next(), "two", "x").message();
    return Ratchet.receive(channel.bob(), second).orThrow().next();
  }

  private static byte[] twice(byte[] waiting) {
    int skipped = 32 + 4 + 8 + 32;
    Bytes whole = Bytes.of(waiting);
    byte[] more = whole.concat(whole.slice(waiting.length - skipped, waiting.length)).toArray();
    more[waiting.length - skipped - 1] = 2;
    return more;
  }

  /** Several messages one after the other, with what becomes of each. */
  private void runs() {
    Cast.Channel channel = cast.channel();
    List<Ratchet.Sent> sent = sends(channel.alice(), 2504);
    run(
        "Skip",
        "at most 2000 keys are kept, and the oldest go first",
        channel.bob(),
        messages(sent, 1000, 2001, 2502, 499, 500, 500, 2503));
    run(
        "OutOfOrder",
        "eight messages in another order, each read once",
        channel.bob(),
        messages(sent, 3, 0, 7, 1, 0, 2, 6, 5, 4, 7));
    RatchetMessage genuine = sent.get(0).message();
    run(
        "Tampered",
        "forgeries before the genuine message, which is read all the same",
        channel.bob(),
        List.of(
            new RatchetMessage(genuine.header(), Cast.flipped(genuine.ciphertext(), 3)),
            Cast.withHeader(genuine, Cast.flipped(genuine.header(), 100)),
            Cast.withHeader(genuine, sent.get(1).message().header()),
            genuine,
            genuine));
    run(
        "Skip",
        "a number too far ahead changes nothing",
        channel.bob(),
        messages(sent, 1001, 0, 1001));
    RatchetState waiting = waiting();
    for (int opened : new int[] {Limits.SKIPPED_AGE_MAX - 1, Limits.SKIPPED_AGE_MAX}) {
      run(
          "Aged",
          opened + " messages were opened since a key was kept, and one more comes first",
          withOpened(waiting, opened),
          List.of(third(), sent(cast.channel().alice(), "one", "x").message()));
    }
  }

  private RatchetMessage third() {
    Ratchet.Sent first = sent(cast.channel().alice(), "one", "x");
    Ratchet.Sent second = sent(first.next(), "two", "x");
    return sent(second.next(), "three", "x").message();
  }

  private static RatchetState withOpened(RatchetState state, int opened) {
    byte[] encoded = state.encode().reveal();
    int skipped = 4 + 32 + 4 + 8 + 32;
    ByteBuffer.wrap(encoded).putLong(encoded.length - skipped - Long.BYTES, opened);
    return RatchetState.decode(SecretBytes.of(encoded));
  }

  private static List<Ratchet.Sent> sends(RatchetState from, int count) {
    List<Ratchet.Sent> sent = new ArrayList<>();
    RatchetState state = from;
    for (int i = 0; i < count; i++) {
      sent.add(sent(state, "number " + i, "x"));
      state = sent.get(i).next();
    }
    return sent;
  }

  private static List<RatchetMessage> messages(List<Ratchet.Sent> sent, int... which) {
    return Arrays.stream(which).mapToObj(i -> sent.get(i).message()).toList();
  }

  private void run(String flag, String comment, RatchetState state, List<RatchetMessage> messages) {
    JsonArrayBuilder all = Json.createArrayBuilder();
    messages.forEach(
        message ->
            all.add(
                Json.createObjectBuilder()
                    .add("header_hex", message.header().hex())
                    .add("ciphertext_hex", message.ciphertext().hex())));
    cases.add(
        "Run",
        flag,
        comment,
        Json.createObjectBuilder()
            .add("state_hex", hex(state.encode().reveal()))
            .add("messages", all));
  }

  private static RatchetMessage sealed(Cast.Channel channel, byte[] padded) {
    RatchetSteps.Sending step = RatchetSteps.send(channel.alice(), Cast.dice("x"));
    Bytes header = step.header().encode();
    return new RatchetMessage(
        header, Ratchet.seal(channel.alice(), step.messageKey(), header, SecretBytes.of(padded)));
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
