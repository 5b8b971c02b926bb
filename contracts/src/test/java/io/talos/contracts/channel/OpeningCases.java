package io.talos.contracts.channel;

import static io.talos.contracts.channel.HandshakeStage.list;

import io.talos.contracts.time.WireTime;
import jakarta.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a channel is opened, with bundles that somebody exchanged or altered. */
final class OpeningCases {
  private final HandshakeStage on;

  OpeningCases(HandshakeStage stage) {
    this.on = stage;
  }

  /** Adds all of them. */
  void addAll() {
    publicKeys();
    openings();
    foreignBundles();
  }

  private void publicKeys() {
    on.cases.add(
        "IdentityKey",
        "Signature",
        "bob's identity key and its certificate",
        Json.createObjectBuilder()
            .add("signing_seed_hex", HandshakeStage.hex(on.cast.bobSigning.seed().reveal()))
            .add("private_hex", HandshakeStage.hex(on.cast.bob.pair().privateKey().reveal())));
    Prekeys.Signed own = Cast.own(on.cast.bobsPrekeys.signed(), "spk-1");
    on.cases.add(
        "SignedPrekey",
        "Signature",
        "bob's signed prekey",
        Json.createObjectBuilder()
            .add("signing_seed_hex", HandshakeStage.hex(on.cast.bobSigning.seed().reveal()))
            .add("private_hex", HandshakeStage.hex(own.pair().privateKey().reveal()))
            .add("id", "spk-1")
            .add("expires_at", WireTime.format(Cast.PREKEY_END))
            .add("suites", list(on.spoken)));
  }

  private void openings() {
    Instant end = Cast.PREKEY_END;
    on.open("Genuine", "with a one-time prekey", on.bobs);
    on.open(
        "OneTimePrekey",
        "no one-time prekey was left",
        Altered.withOneTime(on.bobs, HandshakeStage.none()));
    on.open("Genuine", "one millisecond before the prekeys expire", on.bobs, end.minusMillis(1));
    on.open("Expired", "at the instant of expiry", on.bobs, end);
    on.open("Expired", "after expiry", on.bobs, end.plusSeconds(1));
    PrekeyBundle later =
        Altered.with(
            on.bobs, on.signed(new SpokenSuites(List.of("talos-2030", on.suite.wireName()))));
    on.open("Negotiation", "bob also speaks a suite that alice does not know", later);
    on.open(
        "Negotiation",
        "bob speaks nothing that alice speaks",
        Altered.with(on.bobs, on.signed(new SpokenSuites(List.of("talos-1x", "talos-2030")))));
    on.openOffering(
        "Negotiation", "alice speaks the old suite only", on.bobs, SpokenSuites.of(Suite.TALOS_1X));
    on.open(
        "Downgrade",
        "a server shortened bob's list of suites",
        Altered.with(on.bobs, unsigned(on.bobs.signedPrekey(), SpokenSuites.of(Suite.TALOS_1X))));
    on.open(
        "Downgrade",
        "a server made bob's list longer",
        Altered.with(
            on.bobs,
            unsigned(
                on.bobs.signedPrekey(),
                new SpokenSuites(List.of("talos-pqxdh-2", "talos-x3dh-2", "talos-1x")))));
  }

  private static SignedPrekey unsigned(SignedPrekey own, SpokenSuites suites) {
    return new SignedPrekey(own.id(), own.publicKey(), own.expiresAt(), suites, own.signature());
  }

  private void foreignBundles() {
    PrekeyBundle mallorys = Cast.bundle(on.cast.mallorysPrekeys, "otk-1");
    SignedPrekey own = on.bobs.signedPrekey();
    on.open("WrongIdentity", "mallory's whole bundle", mallorys);
    on.open(
        "WrongIdentity",
        "mallory's signed prekey under bob's identity",
        Altered.with(on.bobs, mallorys.signedPrekey()));
    on.open(
        "WrongIdentity",
        "mallory's identity key under bob's name, with her certificate",
        Altered.with(
            on.bobs,
            new IdentityKey(
                on.cast.bob.did(),
                on.cast.mallory.pair().publicKey(),
                on.cast.mallory.certified().signature())));
    on.open(
        "Tampered",
        "the signed prekey's expiry was moved",
        Altered.with(
            on.bobs,
            new SignedPrekey(
                own.id(),
                own.publicKey(),
                own.expiresAt().plusMillis(1),
                own.suites(),
                own.signature())));
    on.open(
        "Tampered",
        "the signed prekey's id was exchanged",
        Altered.with(
            on.bobs,
            new SignedPrekey(
                "spk-2", own.publicKey(), own.expiresAt(), own.suites(), own.signature())));
    on.open(
        "Tampered",
        "one bit of the certificate flipped",
        Altered.with(
            on.bobs,
            new IdentityKey(
                on.cast.bob.did(),
                on.cast.bob.pair().publicKey(),
                Cast.flipped(on.cast.bob.certified().signature(), 5))));
    for (int which = 0; which < Cast.LOW_ORDER_POINTS; which++) {
      Optional<OneTimePrekey> weak =
          Optional.of(new OneTimePrekey("otk-1", Cast.lowOrderPoint(which)));
      on.open("LowOrder", "a one-time prekey of low order", Altered.withOneTime(on.bobs, weak));
    }
    on.open(
        "LowOrder",
        "a signed prekey of low order, rightly signed",
        Altered.with(
            on.bobs,
            SignedPrekey.sign(
                on.cast.bobSigning, "spk-1", Cast.lowOrderPoint(1), Cast.PREKEY_END, on.spoken)));
    on.open(
        "LowOrder",
        "an identity key of low order, rightly certified",
        Altered.with(on.bobs, IdentityKey.certify(on.cast.bobSigning, Cast.lowOrderPoint(0))));
  }
}
