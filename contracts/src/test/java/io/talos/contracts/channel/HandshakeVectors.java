package io.talos.contracts.channel;

import static io.talos.contracts.channel.ChannelVectors.hex;
import static io.talos.contracts.channel.ChannelVectors.secret;
import static io.talos.contracts.channel.ChannelVectors.tape;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Hkdf;
import io.talos.contracts.crypto.MlKem768;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.time.WireTime;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What our code makes of the inputs of {@code x3dh-2.json} and {@code pqxdh-2.json}. */
final class HandshakeVectors {
  private static final List<String> DIFFIE_HELLMANS = List.of("dh1", "dh2", "dh3", "dh4");

  private HandshakeVectors() {}

  static JsonObject open(JsonObject test) {
    PrekeyBundle bundle = PrekeyBundle.fromJson(test.getJsonObject("bundle"));
    ChannelIdentity own = identity(test, "initiator");
    X3dh.Opened opened =
        X3dh.open(
            own,
            test.getString("responder_did"),
            bundle,
            suites(test, "offered_suites"),
            tape(test),
            WireTime.parse(test.getString("now")));
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("initial_message_text", opened.message().encode().utf8())
            .add("state_hex", hex(opened.state().encode()));
    Randomness again = tape(test);
    X25519.KeyPair ephemeral = X25519.generate(again);
    X25519.generate(again);
    Optional<SecretBytes> kem =
        opened
            .message()
            .kem()
            .flatMap(part -> bundle.kemPrekey())
            .map(prekey -> MlKem768.encapsulate(prekey.publicKey(), again).secret());
    Transcript transcript =
        transcript(
            opened.message(),
            bundle.signedPrekey(),
            bundle.identity().publicKey(),
            bundle.oneTimePrekey(),
            bundle.kemPrekey());
    List<SecretBytes> secrets =
        Agreement.initiator(own.pair().privateKey(), ephemeral.privateKey(), transcript, kem);
    return steps(json, transcript, secrets).build();
  }

  private static Transcript transcript(
      InitialMessage message,
      SignedPrekey signed,
      Bytes responderKey,
      Optional<OneTimePrekey> oneTime,
      Optional<KemPrekey> kem) {
    return new Transcript(
        message.suite(),
        message.suites(),
        signed.suites(),
        message.initiator(),
        message.responderDid(),
        responderKey,
        message.ephemeralKey(),
        message.ratchetKey(),
        signed.id(),
        signed.publicKey(),
        oneTime,
        kem.filter(prekey -> message.suite().hasKem()),
        message.kem().map(InitialMessage.Kem::ciphertext));
  }

  /** Every step between the keys and the confirmation. */
  private static JsonObjectBuilder steps(
      JsonObjectBuilder json, Transcript transcript, List<SecretBytes> secrets) {
    int diffieHellmans = secrets.size() - (transcript.suite().hasKem() ? 1 : 0);
    for (int i = 0; i < diffieHellmans; i++) {
      json.add(DIFFIE_HELLMANS.get(i) + "_hex", hex(secrets.get(i)));
    }
    if (transcript.suite().hasKem()) {
      json.add("kem_secret_hex", hex(secrets.get(diffieHellmans)));
    }
    String labels = transcript.suite().hasKem() ? "talos:pqxdh-2:" : "talos:x3dh-2:";
    SecretBytes material = Agreement.material(secrets);
    SecretBytes derived =
        Hkdf.derive(
            material,
            Bytes.empty(),
            Bytes.utf8(labels + "secret:v1\n").concat(transcript.context()),
            64);
    return json.add("context_input_hex", transcript.preimage().hex())
        .add("context_hex", transcript.context().hex())
        .add("key_material_hex", hex(material))
        .add("derived_hex", hex(derived));
  }

  private static ChannelIdentity identity(JsonObject test, String who) {
    return ChannelIdentity.of(
        Ed25519.fromSeed(secret(test, who + "_signing_seed_hex")),
        X25519.fromPrivate(secret(test, who + "_identity_private_hex")));
  }

  private static SpokenSuites suites(JsonObject json, String name) {
    return new SpokenSuites(
        json.getJsonArray(name).getValuesAs(JsonString.class).stream()
            .map(JsonString::getString)
            .toList());
  }

  static JsonObject accept(JsonObject test) {
    Prekeys own = prekeys(test);
    InitialMessage message =
        InitialMessage.decode(Bytes.utf8(test.getString("initial_message_text")));
    X3dh.Accepted accepted =
        X3dh.accept(
            own, test.getString("initiator_did"), message, WireTime.parse(test.getString("now")));
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("state_hex", hex(accepted.state().encode()))
            .add("remaining_one_time_prekeys", names(accepted.remaining().oneTime()))
            .add("remaining_kem_prekeys", names(accepted.remaining().kem()));
    Prekeys.Signed signed = Cast.own(own.signed(), message.signedPrekeyId());
    Optional<X25519.KeyPair> oneTime =
        message.oneTimePrekeyId().map(id -> Cast.own(own.oneTime(), id));
    Optional<Prekeys.Kem> kem = message.kem().map(part -> Cast.own(own.kem(), part.prekeyId()));
    Transcript transcript =
        transcript(
            message,
            signed.prekey(),
            own.identity().pair().publicKey(),
            oneTime.map(
                pair ->
                    new OneTimePrekey(message.oneTimePrekeyId().orElseThrow(), pair.publicKey())),
            kem.map(Prekeys.Kem::prekey));
    List<SecretBytes> secrets =
        Agreement.responder(
            own.identity().pair().privateKey(),
            signed.pair().privateKey(),
            oneTime,
            kem.map(Prekeys.Kem::pair),
            transcript);
    return steps(json, transcript, secrets).build();
  }

  private static JsonArrayBuilder names(Map<String, ?> keys) {
    JsonArrayBuilder names = Json.createArrayBuilder();
    keys.keySet().forEach(names::add);
    return names;
  }

  private static Prekeys prekeys(JsonObject test) {
    Ed25519.KeyPair signer = Ed25519.fromSeed(secret(test, "responder_signing_seed_hex"));
    JsonObject own = test.getJsonObject("signed_prekey");
    X25519.KeyPair pair = X25519.fromPrivate(secret(own, "private_hex"));
    SignedPrekey signed =
        SignedPrekey.sign(
            signer,
            own.getString("id"),
            pair.publicKey(),
            WireTime.parse(own.getString("expires_at")),
            suites(own, "suites"));
    Map<String, X25519.KeyPair> oneTime = new LinkedHashMap<>();
    for (JsonObject one : test.getJsonArray("one_time_prekeys").getValuesAs(JsonObject.class)) {
      oneTime.put(one.getString("id"), X25519.fromPrivate(secret(one, "private_hex")));
    }
    Map<String, Prekeys.Kem> kem = new LinkedHashMap<>();
    for (JsonObject one : test.getJsonArray("kem_prekeys").getValuesAs(JsonObject.class)) {
      MlKem768.KeyPair kemPair = MlKem768.fromSeed(secret(one, "seed_hex"));
      kem.put(
          one.getString("id"),
          new Prekeys.Kem(
              KemPrekey.sign(
                  Did.ofKey(signer.publicKey()),
                  signer,
                  one.getString("id"),
                  KemPrekey.Kind.of(one.getString("kind")).orElseThrow(),
                  kemPair.publicKey(),
                  WireTime.parse(one.getString("expires_at"))),
              kemPair));
    }
    return new Prekeys(
        identity(test, "responder"),
        Map.of(signed.id(), new Prekeys.Signed(signed, pair)),
        oneTime,
        kem);
  }

  static JsonObject choose(JsonObject test) {
    return Json.createObjectBuilder()
        .add(
            "suite",
            wanted(test, "initiator_suites")
                .best(wanted(test, "responder_suites"))
                .orElseThrow(
                    () ->
                        new TalosException(ErrorCode.TALOS_PROTOCOL_MISMATCH, "no suite in common"))
                .wireName())
        .build();
  }

  private static SpokenSuites wanted(JsonObject test, String name) {
    try {
      return suites(test, name);
    } catch (IllegalArgumentException e) {
      throw new TalosException(ErrorCode.RATCHET_INVALID_HEADER, "not a list of suites", e);
    }
  }

  static JsonObject identityKey(JsonObject test) {
    Ed25519.KeyPair signer = Ed25519.fromSeed(secret(test, "signing_seed_hex"));
    X25519.KeyPair pair = X25519.fromPrivate(secret(test, "private_hex"));
    IdentityKey key = IdentityKey.certify(signer, pair.publicKey());
    return Json.createObjectBuilder()
        .add("did", key.did())
        .add("public_key_hex", key.publicKey().hex())
        .add("signed_text", IdentityKey.signedText(key.did(), key.publicKey()).utf8())
        .add("signature_hex", key.signature().hex())
        .build();
  }

  static JsonObject signedPrekey(JsonObject test) {
    Ed25519.KeyPair signer = Ed25519.fromSeed(secret(test, "signing_seed_hex"));
    X25519.KeyPair pair = X25519.fromPrivate(secret(test, "private_hex"));
    SignedPrekey key =
        SignedPrekey.sign(
            signer,
            test.getString("id"),
            pair.publicKey(),
            WireTime.parse(test.getString("expires_at")),
            suites(test, "suites"));
    String did = Did.ofKey(signer.publicKey()).text();
    return Json.createObjectBuilder()
        .add("public_key_hex", key.publicKey().hex())
        .add(
            "signed_text",
            SignedPrekey.signedText(did, key.id(), key.publicKey(), key.expiresAt(), key.suites())
                .utf8())
        .add("signature_hex", key.signature().hex())
        .build();
  }

  static JsonObject kemPrekey(JsonObject test) {
    Ed25519.KeyPair signer = Ed25519.fromSeed(secret(test, "signing_seed_hex"));
    MlKem768.KeyPair pair = MlKem768.fromSeed(secret(test, "seed_hex"));
    Did did = Did.ofKey(signer.publicKey());
    KemPrekey key =
        KemPrekey.sign(
            did,
            signer,
            test.getString("id"),
            KemPrekey.Kind.of(test.getString("kind")).orElseThrow(),
            pair.publicKey(),
            WireTime.parse(test.getString("expires_at")));
    return Json.createObjectBuilder()
        .add("public_key_hex", key.publicKey().hex())
        .add(
            "signed_text",
            KemPrekey.signedText(did.text(), key.id(), key.kind(), key.publicKey(), key.expiresAt())
                .utf8())
        .add("signature_hex", key.signature().hex())
        .build();
  }

  static JsonObject encapsulate(JsonObject test) {
    MlKem768.Encapsulated made =
        MlKem768.encapsulate(Hex.decode(test.getString("public_key_hex")), tape(test));
    return Json.createObjectBuilder()
        .add("ciphertext_hex", made.ciphertext().hex())
        .add("secret_hex", hex(made.secret()))
        .build();
  }

  static JsonObject decapsulate(JsonObject test) {
    MlKem768.KeyPair pair = MlKem768.fromSeed(secret(test, "seed_hex"));
    return Json.createObjectBuilder()
        .add("public_key_hex", pair.publicKey().hex())
        .add(
            "secret_hex",
            hex(MlKem768.decapsulate(pair, Hex.decode(test.getString("ciphertext_hex")))))
        .build();
  }
}
