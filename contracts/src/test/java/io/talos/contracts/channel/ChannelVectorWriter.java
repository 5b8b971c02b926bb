package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.time.WireTime;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonGenerator;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes {@code channel/x3dh-2.json}: the inputs are made here, the answers come from the code.
 * Whoever runs it after a change of the formulas breaks every agent that is out there.
 */
final class ChannelVectorWriter {
  private static final Map<String, String> NOTES = new TreeMap<>();

  static {
    NOTES.put("Genuine", "everything fits");
    NOTES.put("OneTimePrekey", "with and without a one-time prekey, or with one that is gone");
    NOTES.put("WrongIdentity", "a bundle, an opening or a message of somebody else");
    NOTES.put("Tampered", "a part was altered on its way");
    NOTES.put("LowOrder", "a public key that yields an all-zero secret");
    NOTES.put("Expired", "a time that is over, also at its very instant");
    NOTES.put("Downgrade", "another suite is named");
    NOTES.put("Form", "not the one accepted form");
    NOTES.put("Replay", "a message that was read before");
    NOTES.put("OutOfOrder", "messages that overtake each other");
    NOTES.put("Skip", "how many messages may be skipped");
    NOTES.put("Turn", "a side makes its next ratchet key");
  }

  private final Cast cast = new Cast();
  private final Map<String, List<JsonObject>> groups = new LinkedHashMap<>();
  private final List<String> flagsUsed = new ArrayList<>();
  private int count;

  private ChannelVectorWriter() {}

  /** Writes to the path given. */
  public static void main(String[] arguments) throws IOException {
    ChannelVectorWriter writer = new ChannelVectorWriter();
    writer.openings();
    writer.acceptances();
    writer.conversation();
    writer.refusedMessages();
    writer.skips();
    writer.states();
    writer.headers();
    writer.frames();
    writer.write(Path.of(arguments[0]));
  }

  private void add(String type, String flag, String comment, JsonObjectBuilder input) {
    JsonObject given = input.build();
    JsonObjectBuilder test =
        Json.createObjectBuilder()
            .add("tcId", ++count)
            .add("comment", comment)
            .add("flags", Json.createArrayBuilder().add(flag));
    given.forEach(test::add);
    try {
      ChannelVectors.compute(type, given).forEach(test::add);
      test.add("result", "valid");
    } catch (TalosException e) {
      test.add("result", "invalid").add("error", e.code().name());
    }
    flagsUsed.add(flag);
    groups.computeIfAbsent(type, unused -> new ArrayList<>()).add(test.build());
  }

  // ---- X3DH

  private void openings() {
    PrekeyBundle bobs = Cast.bundle(cast.bobsPrekeys, "otk-1");
    PrekeyBundle without = new PrekeyBundle(bobs.identity(), bobs.signedPrekey(), Optional.empty());
    Instant end = Cast.PREKEY_END;
    open("Genuine", "four Diffie-Hellmans", bobs, Cast.NOW);
    open("OneTimePrekey", "no one-time prekey was left: three", without, Cast.NOW);
    open("Genuine", "one millisecond before the signed prekey expires", bobs, end.minusMillis(1));
    open("Expired", "at the instant of expiry", bobs, end);
    open("Expired", "after expiry", bobs, end.plusSeconds(1));
    open("WrongIdentity", "mallory's whole bundle", Cast.bundle(cast.mallorysPrekeys, "otk-1"));
    SignedPrekey mallorys = cast.mallorysPrekeys.newest().orElseThrow();
    open(
        "WrongIdentity",
        "mallory's signed prekey under bob's identity",
        new PrekeyBundle(bobs.identity(), mallorys, bobs.oneTimePrekey()));
    open(
        "WrongIdentity",
        "mallory's identity key under bob's name, with her certificate",
        new PrekeyBundle(
            new IdentityKey(
                cast.bob.did(),
                cast.mallory.pair().publicKey(),
                cast.mallory.certified().signature()),
            bobs.signedPrekey(),
            bobs.oneTimePrekey()));
    SignedPrekey own = bobs.signedPrekey();
    open(
        "Tampered",
        "the signed prekey's expiry was moved",
        new PrekeyBundle(
            bobs.identity(),
            new SignedPrekey(own.id(), own.publicKey(), end.plusMillis(1), own.signature()),
            bobs.oneTimePrekey()));
    open(
        "Tampered",
        "the signed prekey's id was exchanged",
        new PrekeyBundle(
            bobs.identity(),
            new SignedPrekey("spk-2", own.publicKey(), end, own.signature()),
            bobs.oneTimePrekey()));
    open(
        "Tampered",
        "one bit of the certificate flipped",
        new PrekeyBundle(
            new IdentityKey(
                cast.bob.did(),
                cast.bob.pair().publicKey(),
                Cast.flipped(cast.bob.certified().signature(), 5)),
            own,
            bobs.oneTimePrekey()));
    for (int which = 0; which < Cast.LOW_ORDER_POINTS; which++) {
      Bytes point = Cast.lowOrderPoint(which);
      open(
          "LowOrder",
          "a one-time prekey of low order",
          new PrekeyBundle(bobs.identity(), own, Optional.of(new OneTimePrekey("otk-1", point))));
    }
    open(
        "LowOrder",
        "a signed prekey of low order, rightly signed",
        new PrekeyBundle(
            bobs.identity(),
            SignedPrekey.sign(cast.bobSigning, "spk-1", Cast.lowOrderPoint(1), end),
            bobs.oneTimePrekey()));
    open(
        "LowOrder",
        "an identity key of low order, rightly certified",
        new PrekeyBundle(
            IdentityKey.certify(cast.bobSigning, Cast.lowOrderPoint(0)),
            own,
            bobs.oneTimePrekey()));
  }

  private void open(String flag, String comment, PrekeyBundle bundle) {
    open(flag, comment, bundle, Cast.NOW);
  }

  private void open(String flag, String comment, PrekeyBundle bundle, Instant now) {
    add(
        "Open",
        flag,
        comment,
        Json.createObjectBuilder()
            .add("initiator_signing_seed_hex", hex(cast.aliceSigning.seed().reveal()))
            .add("initiator_identity_private_hex", hex(cast.alice.pair().privateKey().reveal()))
            .add("responder_did", cast.bob.did())
            .add("bundle", bundle.toJson())
            .add("randomness_hex", Cast.dice("vector open").bytes(64).hex())
            .add("now", WireTime.format(now)));
  }

  private void acceptances() {
    X3dh.Opened opened = cast.aliceOpens();
    String text = opened.message().encode().utf8();
    PrekeyBundle bobs = Cast.bundle(cast.bobsPrekeys, "none");
    String plain =
        X3dh.open(cast.alice, cast.bob.did(), bobs, Cast.dice("plain"), Cast.NOW)
            .message()
            .encode()
            .utf8();
    String mallorys =
        X3dh.open(
                cast.mallory,
                cast.bob.did(),
                Cast.bundle(cast.bobsPrekeys, "otk-1"),
                Cast.dice("mallory"),
                Cast.NOW)
            .message()
            .encode()
            .utf8();
    Instant grace = Cast.PREKEY_END.plus(Limits.PREKEY_GRACE);
    accept("Genuine", "with a one-time prekey, which is gone then", text, Cast.NOW);
    accept("OneTimePrekey", "without a one-time prekey", plain, Cast.NOW);
    accept("Genuine", "just inside the grace after expiry", text, grace.minusMillis(1));
    accept("Expired", "at the end of the grace", text, grace);
    accept("OneTimePrekey", "the one-time prekey is gone", text, Cast.NOW, "otk-2");
    accept("OneTimePrekey", "a signed prekey that is not there", swap(text, "spk-1", "spk-9"));
    accept("Tampered", "another one-time prekey is named", swap(text, "otk-1", "otk-2"));
    accept("WrongIdentity", "mallory's opening where alice is expected", mallorys, Cast.NOW);
    accept(
        "WrongIdentity",
        "mallory's opening with alice's public identity",
        withIdentity(mallorys, cast.alice.certified()),
        Cast.NOW);
    accept("WrongIdentity", "addressed to mallory", swap(text, cast.bob.did(), cast.mallory.did()));
    for (String member : List.of("ephemeral_key", "ratchet_key", "identity_key")) {
      accept("Tampered", "one bit of " + member, withBit(text, member), Cast.NOW);
    }
    accept("Tampered", "one bit of the certificate", withBit(text, "identity_key_signature"));
    accept("Tampered", "one bit of the confirmation", withBit(text, "confirmation"));
    for (int which = 0; which < Cast.LOW_ORDER_POINTS; which++) {
      accept(
          "LowOrder",
          "an ephemeral key of low order",
          with(text, "ephemeral_key", Base64Url.encode(Cast.lowOrderPoint(which))));
    }
    accept("Downgrade", "the weaker suite is named", swap(text, "talos-x3dh-2", "talos-1x"));
    accept("Downgrade", "an unknown suite is named", swap(text, "talos-x3dh-2", "talos-x3dh-3"));
    accept("Form", "white space", text.replace(",", ", "));
    accept("Form", "an unknown member", text.replace("{", "{\"a\":\"\","));
    accept("Form", "a member twice", text.replace("}", ",\"suite\":\"talos-x3dh-2\"}"));
    accept("Form", "a padded key", withPadding(text));
  }

  private void accept(String flag, String comment, String text) {
    accept(flag, comment, text, Cast.NOW);
  }

  private void accept(String flag, String comment, String text, Instant now) {
    accept(flag, comment, text, now, "otk-1", "otk-2");
  }

  private void accept(String flag, String comment, String text, Instant now, String... oneTimeIds) {
    Prekeys.Signed signed = Cast.own(cast.bobsPrekeys.signed(), "spk-1");
    JsonArrayBuilder oneTime = Json.createArrayBuilder();
    for (String id : oneTimeIds) {
      X25519.KeyPair pair = Cast.own(cast.bobsPrekeys.oneTime(), id);
      oneTime.add(
          Json.createObjectBuilder()
              .add("id", id)
              .add("private_hex", hex(pair.privateKey().reveal())));
    }
    add(
        "Accept",
        flag,
        comment,
        Json.createObjectBuilder()
            .add("responder_signing_seed_hex", hex(cast.bobSigning.seed().reveal()))
            .add("responder_identity_private_hex", hex(cast.bob.pair().privateKey().reveal()))
            .add(
                "signed_prekey",
                Json.createObjectBuilder()
                    .add("id", "spk-1")
                    .add("private_hex", hex(signed.pair().privateKey().reveal()))
                    .add("expires_at", WireTime.format(Cast.PREKEY_END)))
            .add("one_time_prekeys", oneTime)
            .add("initiator_did", cast.alice.did())
            .add("initial_message_text", text)
            .add("now", WireTime.format(now)));
  }

  private static JsonObject read(String text) {
    return StrictJson.parseObject(Bytes.utf8(text), io.talos.contracts.json.Limits.REQUEST);
  }

  private static String with(String text, String member, String value) {
    return CanonicalJson.encode(Json.createObjectBuilder(read(text)).add(member, value).build())
        .utf8();
  }

  private static String withBit(String text, String member) {
    Bytes value = Base64Url.decode(read(text).getString(member));
    return with(text, member, Base64Url.encode(Cast.flipped(value, 9)));
  }

  private static String withPadding(String text) {
    return with(text, "ephemeral_key", read(text).getString("ephemeral_key") + "=");
  }

  private static String withIdentity(String text, IdentityKey identity) {
    String named = with(text, "initiator_did", identity.did());
    String keyed = with(named, "identity_key", Base64Url.encode(identity.publicKey()));
    return with(keyed, "identity_key_signature", Base64Url.encode(identity.signature()));
  }

  private static String swap(String text, String from, String to) {
    return text.replace("\"" + from + "\"", "\"" + to + "\"");
  }

  // ---- ratchet

  private RatchetState send(String flag, String comment, RatchetState state, String text) {
    Randomness chance = Cast.dice("vector " + comment);
    add(
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
    add(
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
    add("State", flag, comment, Json.createObjectBuilder().add("state_hex", hex(encoded)));
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
    add("Header", flag, comment, Json.createObjectBuilder().add("header_hex", encoded.hex()));
  }

  private static Bytes tail(Bytes header, String counts) {
    return header.slice(0, 33).concat(Hex.decode(counts));
  }

  // ---- frames

  private void frames() {
    JsonObject frame = sign("a frame", 0, "sealed");
    sign("the largest sequence number", io.talos.contracts.json.Limits.INTEGER_MAX, "sealed");
    Instant end = Cast.NOW.plusSeconds(60);
    frame("Genuine", "as it was signed", frame, Cast.NOW);
    frame("Genuine", "one millisecond before it expires", frame, end.minusMillis(1));
    frame("Expired", "at the instant of expiry", frame, end);
    frame("Tampered", "another ciphertext", with(frame, "ciphertext_b64u", text("AAAA")));
    frame("Tampered", "another header", with(frame, "header_b64u", text("AAAA")));
    frame("Tampered", "another number", with(frame, "sender_seq", Json.createValue(1)));
    frame("WrongIdentity", "another sender", with(frame, "sender_id", text(cast.bob.did())));
    frame(
        "Tampered",
        "another session",
        with(frame, "session_id", text("01946896-1234-7567-89ab-000000000002")));
    frame("Tampered", "a longer life", with(frame, "expires_at", text("2026-03-01T13:00:00.000Z")));
    frame(
        "Tampered", "another digest", with(frame, "frame_digest", text(Sha256.hex(Bytes.empty()))));
    frame(
        "Tampered",
        "one bit of the signature",
        with(
            frame,
            "signature",
            text(
                Base64Url.encode(
                    Cast.flipped(Base64Url.decode(frame.getString("signature")), 77)))));
    frame("Downgrade", "schema version v1", with(frame, "schema_version", text("v1")));
    frame("Form", "an unknown member", with(frame, "more", JsonValue.TRUE));
    frame("Form", "a negative number", with(frame, "sender_seq", Json.createValue(-1)));
    frame("Form", "a padded header", with(frame, "header_b64u", text("AA==")));
    frame("Form", "no signature", with(frame, "signature", JsonValue.NULL));
    frame(
        "Form",
        "a time without milliseconds",
        with(frame, "created_at", text("2026-03-01T12:00:00Z")));
    frame("WrongIdentity", "checked with another agent's key", frame, Cast.NOW, cast.bobSigning);
  }

  private JsonObject sign(String comment, long number, String ciphertext) {
    JsonObjectBuilder input =
        Json.createObjectBuilder()
            .add("signing_seed_hex", hex(cast.aliceSigning.seed().reveal()))
            .add("session_id", "01946896-1234-7567-89ab-000000000001")
            .add("sender_seq", number)
            .add("header_hex", Bytes.utf8("header").hex())
            .add("ciphertext_hex", Bytes.utf8(ciphertext).hex())
            .add("created_at", WireTime.format(Cast.NOW))
            .add("expires_at", WireTime.format(Cast.NOW.plusSeconds(60)));
    JsonObject given = input.build();
    add("FrameSign", "Genuine", comment, Json.createObjectBuilder(given));
    return ChannelVectors.compute("FrameSign", given).getJsonObject("frame");
  }

  private void frame(String flag, String comment, JsonObject frame) {
    frame(flag, comment, frame, Cast.NOW);
  }

  private void frame(String flag, String comment, JsonObject frame, Instant now) {
    frame(flag, comment, frame, now, cast.aliceSigning);
  }

  private void frame(
      String flag, String comment, JsonObject frame, Instant now, Ed25519.KeyPair key) {
    add(
        "FrameCheck",
        flag,
        comment,
        Json.createObjectBuilder()
            .add("frame", frame)
            .add("sender_key_hex", key.publicKey().hex())
            .add("now", WireTime.format(now)));
  }

  private static JsonObject with(JsonObject json, String member, JsonValue value) {
    return Json.createObjectBuilder(json).add(member, value).build();
  }

  private static JsonValue text(String value) {
    return Json.createValue(value);
  }

  private static String hex(byte[] bytes) {
    return Hex.encode(bytes);
  }

  private void write(Path path) throws IOException {
    JsonObjectBuilder notes = Json.createObjectBuilder();
    NOTES.forEach(
        (flag, about) -> {
          if (flagsUsed.contains(flag)) {
            notes.add(flag, about);
          }
        });
    JsonArrayBuilder all = Json.createArrayBuilder();
    int[] id = {0};
    groups.forEach(
        (type, tests) -> {
          JsonArrayBuilder numbered = Json.createArrayBuilder();
          tests.forEach(test -> numbered.add(Json.createObjectBuilder(test).add("tcId", ++id[0])));
          all.add(Json.createObjectBuilder().add("type", type).add("tests", numbered));
        });
    JsonObject file =
        Json.createObjectBuilder()
            .add("algorithm", "channel/x3dh-2")
            .add(
                "about",
                "The suite talos-x3dh-2, its states and messages, and frames of version 2; the"
                    + " formulas stand with io.talos.contracts.channel.X3dh and Ratchet")
            .add("numberOfTests", count)
            .add("notes", notes)
            .add("testGroups", all)
            .build();
    try (Writer out = Files.newBufferedWriter(path)) {
      Json.createWriterFactory(Map.of(JsonGenerator.PRETTY_PRINTING, true))
          .createWriter(out)
          .write(file);
      out.write("\n");
    }
    System.out.println(count + " cases");
  }
}
