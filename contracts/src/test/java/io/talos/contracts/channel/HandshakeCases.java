package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.json.CanonicalJson;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.time.WireTime;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a channel is opened and accepted: the key agreement, and who stands in its way. */
final class HandshakeCases {
  private final ChannelCases cases;
  private final Cast cast = new Cast();

  HandshakeCases(ChannelCases cases) {
    this.cases = cases;
  }

  /** Adds all of them. */
  void addAll() {
    openings();
    acceptances();
  }

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
    cases.add(
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
    cases.add(
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

  private static String hex(byte[] bytes) {
    return Hex.encode(bytes);
  }
}
