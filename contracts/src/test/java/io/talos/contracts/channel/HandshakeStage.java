package io.talos.contracts.channel;

import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.time.WireTime;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Alice and Bob, and how the cases of one suite are put down. */
final class HandshakeStage {
  static final List<String> ALL_ONE_TIME = List.of("otk-1", "otk-2");
  static final List<String> ALL_KEM = List.of("kem-last", "kem-1", "kem-2");

  final ChannelCases cases;
  final Suite suite;
  final SpokenSuites spoken;
  final Cast cast = new Cast();
  final PrekeyBundle bobs;

  HandshakeStage(ChannelCases cases, Suite suite) {
    this.cases = cases;
    this.suite = suite;
    this.spoken = suite.hasKem() ? SpokenSuites.ALL : SpokenSuites.of(suite);
    PrekeyBundle whole = Altered.with(Cast.bundle(cast.bobsPrekeys, "otk-1"), signed(spoken));
    this.bobs = suite.hasKem() ? whole : Altered.withKem(whole, Optional.empty());
  }

  SignedPrekey signed(SpokenSuites suites) {
    SignedPrekey own = cast.bobsPrekeys.newest().orElseThrow();
    return SignedPrekey.sign(cast.bobSigning, own.id(), own.publicKey(), own.expiresAt(), suites);
  }

  static Optional<OneTimePrekey> none() {
    return Optional.empty();
  }

  PrekeyBundle lastResort(PrekeyBundle bundle) {
    return Altered.withKem(bundle, cast.bobsPrekeys.lastResort());
  }

  void open(String flag, String comment, PrekeyBundle bundle) {
    open(flag, comment, bundle, Cast.NOW);
  }

  void open(String flag, String comment, PrekeyBundle bundle, Instant now) {
    open(flag, comment, bundle, spoken, now);
  }

  void openOffering(String flag, String comment, PrekeyBundle bundle, SpokenSuites offered) {
    open(flag, comment, bundle, offered, Cast.NOW);
  }

  void open(String flag, String comment, PrekeyBundle bundle, SpokenSuites offered, Instant now) {
    cases.add(
        "Open",
        flag,
        comment,
        Json.createObjectBuilder()
            .add("initiator_signing_seed_hex", hex(cast.aliceSigning.seed().reveal()))
            .add("initiator_identity_private_hex", hex(cast.alice.pair().privateKey().reveal()))
            .add("offered_suites", list(offered))
            .add("responder_did", cast.bob.did())
            .add("bundle", bundle.toJson())
            .add("randomness_hex", Cast.dice("vector open").bytes(suite.hasKem() ? 96 : 64).hex())
            .add("now", WireTime.format(now)));
  }

  String opening(ChannelIdentity initiator, PrekeyBundle bundle, String dice) {
    return X3dh.open(initiator, cast.bob.did(), bundle, spoken, Cast.dice(dice), Cast.NOW)
        .message()
        .encode()
        .utf8();
  }

  void accept(String flag, String comment, String text) {
    accept(flag, comment, text, Cast.NOW);
  }

  void accept(String flag, String comment, String text, Instant now) {
    accept(flag, comment, text, now, ALL_ONE_TIME, ALL_KEM, spoken);
  }

  void accept(
      String flag,
      String comment,
      String text,
      Instant now,
      List<String> oneTimeIds,
      List<String> kemIds,
      SpokenSuites suites) {
    Prekeys.Signed signed = Cast.own(cast.bobsPrekeys.signed(), "spk-1");
    JsonArrayBuilder kem = Json.createArrayBuilder();
    if (suite.hasKem()) {
      kemIds.forEach(id -> kem.add(ownKem(Cast.own(cast.bobsPrekeys.kem(), id))));
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
                    .add("expires_at", WireTime.format(Cast.PREKEY_END))
                    .add("suites", list(suites)))
            .add("one_time_prekeys", ownOneTime(cast.bobsPrekeys.oneTime(), oneTimeIds))
            .add("kem_prekeys", kem)
            .add("initiator_did", cast.alice.did())
            .add("initial_message_text", text)
            .add("now", WireTime.format(now)));
  }

  static JsonObjectBuilder ownKem(Prekeys.Kem own) {
    return Json.createObjectBuilder()
        .add("id", own.prekey().id())
        .add("kind", own.prekey().kind().wireName())
        .add("seed_hex", hex(own.pair().seed().reveal()))
        .add("expires_at", WireTime.format(own.prekey().expiresAt()));
  }

  static JsonArrayBuilder ownOneTime(Map<String, X25519.KeyPair> own, List<String> ids) {
    JsonArrayBuilder keys = Json.createArrayBuilder();
    for (String id : ids) {
      keys.add(
          Json.createObjectBuilder()
              .add("id", id)
              .add("private_hex", hex(Cast.own(own, id).privateKey().reveal())));
    }
    return keys;
  }

  static JsonArray list(SpokenSuites suites) {
    return Json.createArrayBuilder(suites.names()).build();
  }

  static String swap(String text, String from, String to) {
    return text.replace("\"" + from + "\"", "\"" + to + "\"");
  }

  static String hex(byte[] bytes) {
    return Hex.encode(bytes);
  }
}
