package io.talos.contracts.channel;

import static io.talos.contracts.channel.HandshakeStage.list;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import java.time.Instant;
import java.util.List;

/** How a channel is accepted, and who stands in its way. */
final class AcceptanceCases {
  private final HandshakeStage on;

  AcceptanceCases(HandshakeStage stage) {
    this.on = stage;
  }

  /** Adds all of them. */
  void addAll() {
    acceptances();
    alteredOpenings();
    downgrades();
  }

  private void acceptances() {
    String text = on.opening(on.cast.alice, on.bobs, "alice opens");
    String plain =
        on.opening(on.cast.alice, Altered.withOneTime(on.bobs, HandshakeStage.none()), "plain");
    String mallorys = on.opening(on.cast.mallory, on.bobs, "mallory");
    Instant grace = Cast.PREKEY_END.plus(Limits.PREKEY_GRACE);
    on.accept("Genuine", "with one-time prekeys, which are gone then", text);
    on.accept("OneTimePrekey", "without a one-time prekey", plain);
    on.accept("Genuine", "just inside the grace after expiry", text, grace.minusMillis(1));
    on.accept("Expired", "at the end of the grace", text, grace);
    on.accept(
        "OneTimePrekey",
        "the one-time prekey is gone",
        text,
        Cast.NOW,
        List.of("otk-2"),
        HandshakeStage.ALL_KEM,
        on.spoken);
    on.accept(
        "OneTimePrekey",
        "a signed prekey that is not there",
        HandshakeStage.swap(text, "spk-1", "spk-9"));
    on.accept(
        "Tampered",
        "another one-time prekey is named",
        HandshakeStage.swap(text, "otk-1", "otk-2"));
    on.accept(
        "Tampered", "no one-time prekey is named", Altered.without(text, "one_time_prekey_id"));
    on.accept("WrongIdentity", "mallory's opening where alice is expected", mallorys);
    on.accept(
        "WrongIdentity",
        "mallory's opening with alice's public identity",
        Altered.with(Altered.decoded(mallorys), on.cast.alice.certified()).encode().utf8());
    on.accept(
        "WrongIdentity",
        "addressed to mallory",
        HandshakeStage.swap(text, on.cast.bob.did(), on.cast.mallory.did()));
    if (on.suite.hasKem()) {
      String last =
          on.opening(
              on.cast.alice,
              on.lastResort(Altered.withOneTime(on.bobs, HandshakeStage.none())),
              "last");
      on.accept("LastResort", "with the KEM prekey of last resort, which stays", last);
      on.accept(
          "LastResort",
          "the KEM prekey of last resort where the one-time ones are gone",
          last,
          Cast.NOW,
          List.of(),
          List.of("kem-last"),
          on.spoken);
      on.accept(
          "Kem",
          "the one-time KEM prekey is gone",
          text,
          Cast.NOW,
          HandshakeStage.ALL_ONE_TIME,
          List.of("kem-last", "kem-2"),
          on.spoken);
    }
  }

  private void alteredOpenings() {
    String text = on.opening(on.cast.alice, on.bobs, "alice opens");
    for (String member : List.of("ephemeral_key", "ratchet_key", "identity_key")) {
      on.accept("Tampered", "one bit of " + member, Altered.withBit(text, member, 9));
    }
    on.accept(
        "Tampered",
        "one bit of the certificate",
        Altered.withBit(text, "identity_key_signature", 9));
    for (int bit : new int[] {0, 9, 255}) {
      on.accept(
          "Tampered",
          "bit " + bit + " of the confirmation",
          Altered.withBit(text, "confirmation", bit));
    }
    on.accept(
        "Tampered",
        "a confirmation of zeros",
        Altered.with(text, "confirmation", Base64Url.encode(Bytes.of(new byte[32]))));
    for (int which = 0; which < Cast.LOW_ORDER_POINTS; which++) {
      on.accept(
          "LowOrder",
          "an ephemeral key of low order",
          Altered.with(text, "ephemeral_key", Base64Url.encode(Cast.lowOrderPoint(which))));
    }
    on.accept(
        "LowOrder",
        "a ratchet key of low order",
        Altered.with(text, "ratchet_key", Base64Url.encode(Cast.lowOrderPoint(0))));
    on.accept("Form", "white space", text.replace(",", ", "));
    on.accept("Form", "an unknown member", text.replaceFirst("\\{", "{\"a\":\"\","));
    on.accept(
        "Form", "a member twice", text.replace("}", ",\"suite\":\"" + on.suite.wireName() + "\"}"));
    on.accept("Form", "a padded key", text.replace("\",\"identity_key\"", "=\",\"identity_key\""));
    on.accept("Form", "a key of 31 bytes", Altered.with(text, "ephemeral_key", "A".repeat(42)));
    on.accept(
        "Form", "a number for an id", Altered.with(text, "signed_prekey_id", Json.createValue(1)));
    on.accept("Form", "cut short", text.substring(0, text.length() - 1));
    on.accept("Form", "nothing", "");
    on.accept("Form", "no list of suites", Altered.without(text, "suites"));
    on.accept("Form", "an empty list", Altered.with(text, "suites", JsonArray.EMPTY_JSON_ARRAY));
    on.accept(
        "Form",
        "a suite twice in the list",
        Altered.with(
            text,
            "suites",
            Json.createArrayBuilder().add(on.suite.wireName()).add(on.suite.wireName()).build()));
  }

  private void downgrades() {
    String text = on.opening(on.cast.alice, on.bobs, "alice opens");
    for (String name : List.of("talos-1x", "talos-x3dh-3", "TALOS-X3DH-2", "")) {
      on.accept("Downgrade", "suite '" + name + "' is named", Altered.with(text, "suite", name));
    }
    String other = on.suite.hasKem() ? "talos-x3dh-2" : "talos-pqxdh-2";
    on.accept("Downgrade", "the other suite is named", Altered.with(text, "suite", other));
    on.accept(
        "Downgrade",
        "alice's list was made one of the old suite only",
        Altered.with(text, "suites", list(SpokenSuites.of(Suite.TALOS_1X))));
    on.accept(
        "Downgrade",
        "a suite was added to alice's list",
        Altered.with(
            text, "suites", list(new SpokenSuites(List.of("talos-2030", on.suite.wireName())))));
    if (on.suite.hasKem()) {
      String stripped = Altered.without(Altered.without(text, "kem_prekey_id"), "kem_ciphertext");
      String weaker = Altered.with(stripped, "suite", "talos-x3dh-2");
      on.accept("Downgrade", "made an opening of the weaker suite", weaker);
      on.accept(
          "Downgrade",
          "the same, with a list that holds the weaker suite only",
          Altered.with(weaker, "suites", list(SpokenSuites.of(Suite.TALOS_X3DH_2))));
    } else {
      on.accept(
          "Downgrade",
          "bob speaks something better, and so does alice's list",
          Altered.with(text, "suites", list(SpokenSuites.ALL)),
          Cast.NOW,
          HandshakeStage.ALL_ONE_TIME,
          HandshakeStage.ALL_KEM,
          SpokenSuites.ALL);
      on.accept(
          "Downgrade",
          "bob's own list is another than alice saw",
          text,
          Cast.NOW,
          HandshakeStage.ALL_ONE_TIME,
          HandshakeStage.ALL_KEM,
          SpokenSuites.ALL);
      choices();
    }
  }

  private void choices() {
    choose("both", List.of("talos-pqxdh-2", "talos-x3dh-2"), List.of("talos-x3dh-2"));
    choose(
        "the order says nothing",
        List.of("talos-x3dh-2", "talos-pqxdh-2"),
        List.of("talos-x3dh-2", "talos-2030", "talos-pqxdh-2"));
    choose("never the old one", List.of("talos-1x"), List.of("talos-1x"));
    choose("nothing in common", List.of("talos-pqxdh-2"), List.of("talos-x3dh-2"));
    choose("an unknown one only", List.of("talos-2030"), List.of("talos-2030"));
    choose("an empty list", List.of(), List.of("talos-x3dh-2"));
    choose("upper case", List.of("TALOS-X3DH-2"), List.of("talos-x3dh-2"));
    choose(
        "nine suites",
        List.of("a", "b", "c", "d", "e", "f", "g", "h", "talos-x3dh-2"),
        List.of("talos-x3dh-2"));
  }

  private void choose(String comment, List<String> initiator, List<String> responder) {
    on.cases.add(
        "Choose",
        "Negotiation",
        comment,
        Json.createObjectBuilder()
            .add("initiator_suites", Json.createArrayBuilder(initiator))
            .add("responder_suites", Json.createArrayBuilder(responder)));
  }
}
