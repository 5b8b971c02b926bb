package io.talos.contracts.channel;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.MlKem768;
import io.talos.contracts.did.Did;
import io.talos.contracts.time.WireTime;
import jakarta.json.Json;
import java.util.Optional;

/** The post-quantum part: KEM prekeys, ciphertexts, and ML-KEM-768 itself. */
final class KemCases {
  private final HandshakeStage on;

  KemCases(HandshakeStage stage) {
    this.on = stage;
  }

  /** Adds all of them. */
  void addAll() {
    foreignKemPrekeys();
    alteredCiphertexts();
  }

  private void foreignKemPrekeys() {
    KemPrekey own = on.bobs.kemPrekey().orElseThrow();
    KemPrekey mallorys = Cast.own(on.cast.mallorysPrekeys.kem(), "kem-1").prekey();
    on.open("LastResort", "no one-time KEM prekey was left", on.lastResort(on.bobs));
    on.open(
        "Downgrade",
        "a server kept the KEM prekey back",
        Altered.withKem(on.bobs, Optional.empty()));
    on.openOffering(
        "Negotiation",
        "alice speaks the suite without a KEM only",
        on.bobs,
        SpokenSuites.of(Suite.TALOS_X3DH_2));
    kem("WrongIdentity", "mallory's KEM prekey", mallorys);
    kem("WrongIdentity", "mallory's key with bob's signature", with(own, mallorys.publicKey()));
    Bytes large = own.publicKey();
    byte[] coefficient = large.toArray();
    coefficient[0] = (byte) 0xFF;
    coefficient[1] = (byte) 0xFF;
    kem("Kem", "a coefficient that is not below 3329, rightly signed", sign(coefficient));
    byte[] modulus = large.toArray();
    modulus[0] = 0x01;
    modulus[1] = (byte) ((modulus[1] & 0xF0) | 0x0D);
    kem("Kem", "a coefficient that is 3329 itself, rightly signed", sign(modulus));
    modulus[0] = 0x00;
    kem("Kem", "a coefficient that is 3328, rightly signed", sign(modulus));
    kem(
        "Tampered",
        "the KEM prekey's expiry was moved",
        new KemPrekey(
            own.id(), own.kind(), own.publicKey(), own.expiresAt().plusMillis(1), own.signature()));
    kem(
        "Tampered",
        "a one-time KEM prekey handed out as the one of last resort",
        new KemPrekey(
            own.id(),
            KemPrekey.Kind.LAST_RESORT,
            own.publicKey(),
            own.expiresAt(),
            own.signature()));
    kem(
        "Expired",
        "the KEM prekey alone has expired",
        KemPrekey.sign(
            Did.parse(on.cast.bob.did()),
            on.cast.bobSigning,
            "kem-1",
            own.kind(),
            own.publicKey(),
            Cast.NOW));
    kem("Tampered", "one bit of the KEM prekey", with(own, Cast.flipped(large, 4000)));
  }

  private KemPrekey sign(byte[] publicKey) {
    return KemPrekey.sign(
        Did.parse(on.cast.bob.did()),
        on.cast.bobSigning,
        "kem-1",
        KemPrekey.Kind.ONE_TIME,
        Bytes.of(publicKey),
        Cast.PREKEY_END);
  }

  private static KemPrekey with(KemPrekey own, Bytes publicKey) {
    return new KemPrekey(own.id(), own.kind(), publicKey, own.expiresAt(), own.signature());
  }

  private void kem(String flag, String comment, KemPrekey prekey) {
    on.open(flag, comment, Altered.withKem(on.bobs, Optional.of(prekey)));
  }

  private void alteredCiphertexts() {
    String text = on.opening(on.cast.alice, on.bobs, "alice opens");
    for (int bit : new int[] {0, 9, 8 * 960, 8 * 1088 - 1}) {
      on.accept(
          "Kem",
          "ciphertext bit " + bit + " flipped",
          Altered.withBit(text, "kem_ciphertext", bit));
    }
    Bytes foreign =
        MlKem768.encapsulate(
                Cast.own(on.cast.bobsPrekeys.kem(), "kem-1").pair().publicKey(),
                Cast.dice("mallory"))
            .ciphertext();
    on.accept(
        "Kem",
        "a ciphertext that mallory made for the same key",
        Altered.with(text, "kem_ciphertext", Base64Url.encode(foreign)));
    Bytes again =
        MlKem768.encapsulate(
                Cast.own(on.cast.bobsPrekeys.kem(), "kem-2").pair().publicKey(),
                Cast.dice("alice opens"))
            .ciphertext();
    on.accept(
        "Kem",
        "encapsulated again to another of bob's keys",
        Altered.with(
            Altered.with(text, "kem_prekey_id", "kem-2"),
            "kem_ciphertext",
            Base64Url.encode(again)));
    on.accept("Kem", "another KEM prekey is named", HandshakeStage.swap(text, "kem-1", "kem-2"));
    on.accept(
        "Kem",
        "the KEM prekey of last resort is named",
        HandshakeStage.swap(text, "kem-1", "kem-last"));
    on.accept("Kem", "a KEM prekey that is not there", HandshakeStage.swap(text, "kem-1", "kem-9"));
    on.accept("Form", "no ciphertext", Altered.without(text, "kem_ciphertext"));
    on.accept("Form", "no KEM prekey is named", Altered.without(text, "kem_prekey_id"));
    on.accept(
        "Form",
        "a ciphertext of 1087 bytes",
        Altered.with(text, "kem_ciphertext", Base64Url.encode(foreign.slice(0, 1087))));
    Prekeys.Kem own = Cast.own(on.cast.bobsPrekeys.kem(), "kem-1");
    kemCases(own, foreign);
  }

  private void kemCases(Prekeys.Kem own, Bytes ciphertext) {
    on.cases.add(
        "KemPrekey",
        "Signature",
        "bob's one-time KEM prekey",
        Json.createObjectBuilder()
            .add("signing_seed_hex", HandshakeStage.hex(on.cast.bobSigning.seed().reveal()))
            .add("seed_hex", HandshakeStage.hex(own.pair().seed().reveal()))
            .add("id", "kem-1")
            .add("kind", "one-time")
            .add("expires_at", WireTime.format(Cast.PREKEY_END)));
    Bytes publicKey = own.pair().publicKey();
    encapsulate("Genuine", "to bob's one-time KEM prekey", publicKey);
    encapsulate("Kem", "a key of 1183 bytes", publicKey.slice(0, 1183));
    encapsulate("Kem", "a key of 1185 bytes", publicKey.concat(Bytes.of((byte) 0)));
    encapsulate("Kem", "coefficients of 4095", Bytes.of(filled(1184)));
    decapsulate("Genuine", "what mallory made for it", own, ciphertext);
    decapsulate("Kem", "a flipped bit gives another secret", own, Cast.flipped(ciphertext, 77));
    decapsulate("Kem", "zeros give another secret", own, Bytes.of(new byte[1088]));
    decapsulate("Kem", "a ciphertext of 1087 bytes", own, ciphertext.slice(0, 1087));
    decapsulate("Kem", "a ciphertext of 1089 bytes", own, ciphertext.concat(Bytes.of((byte) 0)));
  }

  private static byte[] filled(int size) {
    byte[] bytes = new byte[size];
    java.util.Arrays.fill(bytes, (byte) 0xFF);
    return bytes;
  }

  private void encapsulate(String flag, String comment, Bytes publicKey) {
    on.cases.add(
        "KemEncapsulate",
        flag,
        comment,
        Json.createObjectBuilder()
            .add("public_key_hex", publicKey.hex())
            .add("randomness_hex", Cast.dice("encapsulate").bytes(32).hex()));
  }

  private void decapsulate(String flag, String comment, Prekeys.Kem own, Bytes ciphertext) {
    on.cases.add(
        "KemDecapsulate",
        flag,
        comment,
        Json.createObjectBuilder()
            .add("seed_hex", HandshakeStage.hex(own.pair().seed().reveal()))
            .add("ciphertext_hex", ciphertext.hex()));
  }
}
