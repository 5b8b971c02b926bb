package io.talos.contracts.channel;

import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.MlKem768;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObjectBuilder;

/** Prekeys as JSON, as they are published and handed out. */
final class PrekeyFormat {
  private PrekeyFormat() {}

  static JsonObjectBuilder write(SignedPrekey prekey) {
    JsonArrayBuilder suites = Json.createArrayBuilder();
    prekey.suites().names().forEach(suites::add);
    return Json.createObjectBuilder()
        .add("id", prekey.id())
        .add("public_key", Base64Url.encode(prekey.publicKey()))
        .add("expires_at", WireTime.format(prekey.expiresAt()))
        .add("suites", suites)
        .add("signature", Base64Url.encode(prekey.signature()));
  }

  static JsonObjectBuilder write(OneTimePrekey prekey) {
    return Json.createObjectBuilder()
        .add("id", prekey.id())
        .add("public_key", Base64Url.encode(prekey.publicKey()));
  }

  /** Without its kind, which the name of the member tells where prekeys are published. */
  static JsonObjectBuilder write(KemPrekey prekey) {
    return Json.createObjectBuilder()
        .add("id", prekey.id())
        .add("public_key", Base64Url.encode(prekey.publicKey()))
        .add("expires_at", WireTime.format(prekey.expiresAt()))
        .add("signature", Base64Url.encode(prekey.signature()));
  }

  static SignedPrekey signed(Members prekey) {
    return new SignedPrekey(
        prekey.text("id"),
        prekey.exactly("public_key", X25519.SIZE),
        prekey.time("expires_at"),
        new SpokenSuites(prekey.texts("suites", Limits.SUITES_MAX)),
        prekey.exactly("signature", Ed25519.SIGNATURE_SIZE));
  }

  static OneTimePrekey oneTime(Members prekey) {
    return new OneTimePrekey(prekey.text("id"), prekey.exactly("public_key", X25519.SIZE));
  }

  static KemPrekey kem(Members prekey) {
    return new KemPrekey(
        prekey.text("id"),
        KemPrekey.Kind.of(prekey.text("kind"))
            .orElseThrow(() -> prekey.refused("an unknown kind of KEM prekey")),
        prekey.exactly("public_key", MlKem768.PUBLIC_KEY_SIZE),
        prekey.time("expires_at"),
        prekey.exactly("signature", Ed25519.SIGNATURE_SIZE));
  }
}
