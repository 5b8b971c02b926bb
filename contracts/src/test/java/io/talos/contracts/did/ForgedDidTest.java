package io.talos.contracts.did;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.X25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Mallory wants a name that is Alice's, or a key that is everybody's. */
@Threat("T-IMPERSONATION-01")
class ForgedDidTest {
  private final Randomness chance = new Random(11)::nextBytes;
  private final Ed25519.KeyPair alice = Ed25519.generate(chance);
  private final Ed25519.KeyPair mallory = Ed25519.generate(chance);

  @Test
  void a_did_is_its_key_and_the_key_is_its_did() {
    for (int i = 0; i < 100; i++) {
      Bytes key = Ed25519.generate(chance).publicKey();
      Did did = Did.ofKey(key);

      assertThat(did.text()).startsWith("did:key:z6Mk").hasSize(56);
      assertThat(Did.parse(did.text())).isEqualTo(did).hasToString(did.text());
      assertThat(did.publicKey()).isEqualTo(key);
      assertThat(Did.parse(did.alias())).isEqualTo(did);
    }
  }

  @Test
  void a_key_id_may_be_the_did_or_its_own_key_url_but_never_anothers_fragment() {
    Did did = Did.ofKey(alice.publicKey());
    Did other = Did.ofKey(mallory.publicKey());

    assertThat(Did.parseKeyUrl(did.text())).isEqualTo(did);
    assertThat(Did.parseKeyUrl(did.keyUrl())).isEqualTo(did);
    refused(ErrorCode.DID_INVALID, () -> Did.parseKeyUrl(did.text() + "#" + other.multikey()));
    refused(ErrorCode.DID_INVALID, () -> Did.parseKeyUrl(did.text() + "#key-1"));
    refused(ErrorCode.DID_INVALID, () -> Did.parseKeyUrl(did.keyUrl() + "#" + did.multikey()));
    refused(ErrorCode.DID_INVALID, () -> Did.parseKeyUrl(did.text() + "#" + "z".repeat(10_000)));
    refused(ErrorCode.DID_INVALID, () -> Did.parseKeyUrl("did:web:example.com#key-1"));
  }

  @Test
  void a_key_under_which_every_signature_fits_names_nobody() {
    // RFC 8032 §5.1: the neutral element has y = 1.
    Bytes neutral = Hex.decode("01" + "00".repeat(31));

    refused(ErrorCode.KEY_INVALID, () -> Did.ofKey(neutral));
    refused(ErrorCode.DID_INVALID, () -> Did.parse("did:talos:" + neutral.hex()));
  }

  @Test
  void a_did_web_is_known_by_its_form_and_holds_no_key() {
    Did web = Did.parse("did:web:example.com:agents:alice");

    assertThat(web.method()).isEqualTo(Did.Method.WEB);
    refused(ErrorCode.DID_METHOD_UNSUPPORTED, web::publicKey);
    refused(ErrorCode.DID_METHOD_UNSUPPORTED, web::keyUrl);
    assertThatThrownBy(() -> DidDocument.of(web)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void a_multikey_says_what_it_is_for() {
    Bytes agreement = X25519.generate(chance).publicKey();

    assertThat(Multikey.x25519(agreement).text()).startsWith("z6LS");
    assertThat(Multikey.parse(Multikey.x25519(agreement).text()))
        .isEqualTo(Multikey.x25519(agreement))
        .isNotEqualTo(Multikey.ed25519(agreement));
    for (String text : List.of("", "z", "6Mk", "u7QEB", "z".repeat(1_000), "z6Mk\n")) {
      refused(ErrorCode.KEY_INVALID, () -> Multikey.parse(text));
    }
  }

  @Test
  void the_document_lists_each_key_for_its_own_use_and_no_other() {
    Did did = Did.ofKey(alice.publicKey());
    Bytes agreement = X25519.generate(chance).publicKey();

    JsonObject document = DidDocument.of(did).withKeyAgreement(agreement).toJson();

    String agreementUrl = did.text() + "#" + Multikey.x25519(agreement).text();
    assertThat(document.getString("id")).isEqualTo(did.text());
    assertThat(texts(document, "@context"))
        .containsExactly("https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1");
    for (String use : List.of("authentication", "assertionMethod", "capabilityInvocation")) {
      assertThat(texts(document, use)).containsExactly(did.keyUrl());
    }
    assertThat(texts(document, "keyAgreement")).containsExactly(agreementUrl);
    assertThat(document.getJsonArray("verificationMethod").getValuesAs(JsonObject.class))
        .extracting(m -> m.getString("id") + " " + m.getString("type"))
        .containsExactly(did.keyUrl() + " Multikey", agreementUrl + " Multikey");
  }

  @Test
  void a_document_without_a_key_agreement_key_says_nothing_of_one() {
    JsonObject document = DidDocument.of(Did.ofKey(alice.publicKey())).toJson();

    assertThat(document).doesNotContainKey("keyAgreement");
    assertThat(document.getJsonArray("verificationMethod")).hasSize(1);
  }

  private static List<String> texts(JsonObject document, String member) {
    return document.getJsonArray(member).getValuesAs(JsonString::getString);
  }

  private static void refused(ErrorCode code, ThrowingCallable reading) {
    assertThatThrownBy(reading)
        .isInstanceOfSatisfying(TalosException.class, e -> assertThat(e.code()).isEqualTo(code));
  }
}
