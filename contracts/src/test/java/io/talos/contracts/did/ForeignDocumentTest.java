package io.talos.contracts.did;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory publishes a document in which keys are not what they seem. */
class ForeignDocumentTest {
  private static final Did ACME = Did.parse("did:web:acme.example");

  // RFC 8032 §7.1 TEST 1
  private static final Bytes ED =
      Hex.decode("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
  // RFC 7748 §6.1, Alice
  private static final Bytes X =
      Hex.decode("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a");

  private static final String ED_TEXT = Multikey.ed25519(ED).text();
  private static final String X_TEXT = Multikey.x25519(X).text();

  @Test
  void every_kind_of_key_that_talos_knows_is_read_with_what_it_is_for() {
    WebDidDocument document =
        read(
            """
            "verificationMethod": [%s, %s],
            "authentication": ["#a"], "assertionMethod": ["did:web:acme.example#a"],
            "keyAgreement": [%s]
            """
                .formatted(
                    method("#a", "Multikey", "\"publicKeyMultibase\": \"" + ED_TEXT + "\""),
                    method("#b", "JsonWebKey", jwk("Ed25519", Base64Url.encode(ED))),
                    method(
                        "#c",
                        "X25519KeyAgreementKey2020",
                        "\"publicKeyMultibase\": \"" + X_TEXT + "\"")));

    assertThat(document.keys())
        .containsExactly(
            new VerificationKey(
                ACME + "#a",
                Multikey.ed25519(ED),
                Set.of(Relationship.AUTHENTICATION, Relationship.ASSERTION)),
            new VerificationKey(ACME + "#b", Multikey.ed25519(ED), Set.of()),
            new VerificationKey(
                ACME + "#c", Multikey.x25519(X), Set.of(Relationship.KEY_AGREEMENT)));
    assertThat(document.keysFor(Relationship.KEY_AGREEMENT)).hasSize(1);
  }

  @Test
  void a_key_of_an_unknown_kind_is_left_out_and_harms_nobody() {
    WebDidDocument document =
        read(
            """
            "verificationMethod": [
              {"id": "#p", "type": "JsonWebKey", "controller": "did:web:acme.example",
               "publicKeyJwk": {"kty": "EC", "crv": "P-256", "x": "AA", "y": "AA"}},
              {"id": "#m", "type": "Multikey", "controller": "did:web:acme.example",
               "publicKeyMultibase": "zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv"},
              {"id": "#q", "type": "Other2031", "controller": "did:web:acme.example"}],
            "authentication": ["#p", "#m"]
            """);

    assertThat(document.keys()).isEmpty();
  }

  @Test
  void a_key_that_another_controls_or_that_has_anothers_name_is_not_acmes() {
    WebDidDocument document =
        read(
            """
            "verificationMethod": [
              {"id": "#a", "type": "Multikey", "controller": "did:web:mallory.example",
               "publicKeyMultibase": "%1$s"},
              {"id": "did:web:bank.example#a", "type": "Multikey",
               "controller": "did:web:acme.example", "publicKeyMultibase": "%1$s"}],
            "authentication": ["#a", "did:web:bank.example#a", "did:web:bank.example#z"]
            """
                .formatted(ED_TEXT));

    assertThat(document.keys()).isEmpty();
  }

  @Test
  void a_document_of_another_is_refused() {
    for (String id :
        new String[] {
          "did:web:mallory.example", "did:web:acme.example:a", "did:web:ACME.example"
        }) {
      assertInvalid("{\"id\": \"" + id + "\"}");
    }
    assertInvalid("{}");
    assertInvalid("{\"id\": 7}");
    assertInvalid("{\"id\": \"did:web:acme.example\", \"id\": \"did:web:mallory.example\"}");
    assertInvalid("[]");
    assertInvalid("");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // an X25519 key that says it signs
        "{\"id\":\"#a\",\"type\":\"Ed25519VerificationKey2020\",\"controller\":\"did:web:acme.example\",\"publicKeyMultibase\":\"X_KEY\"}",
        // the codec of one kind before the bytes of none
        "{\"id\":\"#a\",\"type\":\"Multikey\",\"controller\":\"did:web:acme.example\",\"publicKeyMultibase\":\"z6Mk\"}",
        "{\"id\":\"#a\",\"type\":\"Multikey\",\"controller\":\"did:web:acme.example\",\"publicKeyMultibase\":\"ED_KEYz\"}",
        // no key at all
        "{\"id\":\"#a\",\"type\":\"Multikey\",\"controller\":\"did:web:acme.example\"}",
        // the identity point, which any signature fits
        "{\"id\":\"#a\",\"type\":\"JsonWebKey\",\"controller\":\"did:web:acme.example\",\"publicKeyJwk\":{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"}}",
        // padding, and too short a key
        "{\"id\":\"#a\",\"type\":\"JsonWebKey\",\"controller\":\"did:web:acme.example\",\"publicKeyJwk\":{\"kty\":\"OKP\",\"crv\":\"X25519\",\"x\":\"AQ==\"}}",
        // a published private key
        "{\"id\":\"#a\",\"type\":\"JsonWebKey\",\"controller\":\"did:web:acme.example\",\"publicKeyJwk\":{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\",\"d\":\"AA\"}}",
        "{\"id\":\"\",\"type\":\"Multikey\",\"controller\":\"did:web:acme.example\",\"publicKeyMultibase\":\"ED_KEY\"}",
        "{\"type\":\"Multikey\",\"controller\":\"did:web:acme.example\",\"publicKeyMultibase\":\"ED_KEY\"}",
        "{\"id\":\"#a\",\"type\":\"Multikey\",\"publicKeyMultibase\":\"ED_KEY\"}",
        "7"
      })
  void a_key_that_is_not_what_it_says_makes_the_document_unusable(String method) {
    String text = method.replace("X_KEY", X_TEXT).replace("ED_KEY", ED_TEXT);

    assertInvalid(document("\"verificationMethod\": [" + text + "]"));
    assertInvalid(document("\"authentication\": [" + text + "]"));
  }

  @Test
  void a_key_listed_for_what_it_cannot_do_makes_the_document_unusable() {
    String ed = method("#a", "Multikey", "\"publicKeyMultibase\": \"" + ED_TEXT + "\"");
    String x = method("#a", "Multikey", "\"publicKeyMultibase\": \"" + X_TEXT + "\"");

    assertInvalid(document("\"keyAgreement\": [" + ed + "]"));
    assertInvalid(document("\"capabilityInvocation\": [" + x + "]"));
    assertInvalid(document("\"verificationMethod\": [" + ed + "], \"keyAgreement\": [\"#a\"]"));
  }

  @Test
  void two_keys_with_one_name_and_a_name_without_a_key_are_refused() {
    String ed = method("#a", "Multikey", "\"publicKeyMultibase\": \"" + ED_TEXT + "\"");
    String full = method(ACME + "#a", "Multikey", "\"publicKeyMultibase\": \"" + ED_TEXT + "\"");

    assertInvalid(document("\"verificationMethod\": [" + ed + ", " + full + "]"));
    assertInvalid(
        document("\"verificationMethod\": [" + ed + "], \"authentication\": [" + ed + "]"));
    assertInvalid(document("\"authentication\": [\"#nobody\"]"));
    assertInvalid(document("\"authentication\": \"#a\""));
    assertInvalid(document("\"authentication\": [7]"));
  }

  @Test
  void a_document_with_more_keys_than_the_bound_is_refused() {
    StringBuilder methods = new StringBuilder();
    for (int i = 0; i <= Limits.DOCUMENT_KEYS_MAX; i++) {
      methods
          .append(i == 0 ? "" : ",")
          .append(method("#k" + i, "Multikey", "\"publicKeyMultibase\": \"" + ED_TEXT + "\""));
    }

    assertInvalid(document("\"verificationMethod\": [" + methods + "]"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "did:web:acme.example|https://acme.example/.well-known/did.json",
        "did:web:acme.example%3A8443|https://acme.example:8443/.well-known/did.json",
        "did:web:acme.example:users:alice|https://acme.example/users/alice/did.json",
        "did:web:acme.example%3A443:a|https://acme.example:443/a/did.json",
        "did:web:localhost%3A9443|https://localhost:9443/.well-known/did.json",
        "did:web:1.acme.example|https://1.acme.example/.well-known/did.json"
      })
  void the_address_of_a_document_follows_from_the_did(String pair) {
    String[] parts = pair.split("\\|");

    assertThat(DidWebUrl.of(Did.parse(parts[0])).url()).hasToString(parts[1]);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "did:web:127.0.0.1",
        "did:web:2130706433",
        "did:web:0x7f000001",
        "did:web:127.0x1",
        "did:web:10.1%3A8080",
        "did:web:017700000001",
        "did:web:acme.example%3A65536",
        "did:web:acme.example%3A99999"
      })
  void a_number_is_no_host_and_no_port_is_beyond_the_last(String text) {
    assertThatThrownBy(() -> DidWebUrl.of(Did.parse(text)))
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DID_INVALID));
  }

  private static WebDidDocument read(String members) {
    return WebDidDocument.read(ACME, Bytes.utf8(document(members)));
  }

  private static String document(String members) {
    return "{\"id\": \"did:web:acme.example\", " + members + "}";
  }

  private static String method(String id, String type, String key) {
    return "{\"id\": \"%s\", \"type\": \"%s\", \"controller\": \"%s\", %s}"
        .formatted(id, type, ACME, key);
  }

  private static String jwk(String curve, String x) {
    return "\"publicKeyJwk\": {\"kty\": \"OKP\", \"crv\": \"%s\", \"x\": \"%s\"}"
        .formatted(curve, x);
  }

  private static void assertInvalid(String text) {
    assertThatThrownBy(() -> WebDidDocument.read(ACME, Bytes.utf8(text)))
        .as(text)
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.DID_DOCUMENT_INVALID));
  }
}
