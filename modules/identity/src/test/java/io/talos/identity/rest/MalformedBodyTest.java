package io.talos.identity.rest;

import static io.talos.identity.People.ALICE;
import static io.talos.identity.People.oneTime;
import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.channel.KemPrekey;
import io.talos.contracts.channel.SignedPrekey;
import io.talos.contracts.channel.SpokenSuites;
import io.talos.contracts.channel.Suite;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.schema.SchemaLibrary;
import io.talos.contracts.time.WireTime;
import io.talos.identity.People;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mallory sends bodies that no schema allows, so that a record would never see them. */
class MalformedBodyTest {
  private static final SchemaLibrary SCHEMAS = new SchemaLibrary();

  private final KeyAgreementJson key = KeyAgreementJson.of(ALICE.keyAgreement());
  private final String registration =
      """
      {"did":"%s","key_agreement":{"public_key":"%s","signature":"%s"},"display_name":"Alice"}\
      """
          .formatted(ALICE.did(), key.publicKey(), key.signature());

  @Test
  void a_registration_that_is_more_or_less_than_it_must_be_is_refused() {
    String schema = "identity/agent_register_request.v1";
    String did = ALICE.did().text();

    fits(schema, registration);
    fits(schema, registration.replace(",\"display_name\":\"Alice\"", ""));
    for (String bad :
        List.of(
            "{}",
            "[]",
            registration.replace("\"did\"", "\"DID\""),
            registration.replace("\"display_name\"", "\"admin\""),
            registration.replace("\"Alice\"", "null"),
            registration.replace("\"Alice\"", "\"\""),
            registration.replace("\"Alice\"", "\"a\\u0000\""),
            registration.replace("Alice", "a".repeat(101)),
            registration.replace(did, ALICE.did().alias()),
            registration.replace(did, did + "#x"),
            registration.replace(did, "did:web:alice.example"),
            registration.replace(key.publicKey(), key.publicKey() + "="),
            registration.replace(key.publicKey(), key.publicKey().substring(1)),
            // Non-zero trailing bits: another text for the same 32 bytes.
            registration.replace(key.publicKey(), key.publicKey().substring(0, 42) + "B"),
            registration.replace(key.signature(), key.signature().substring(0, 85) + "B"),
            registration.replace("{\"public_key\"", "{\"x\":1,\"public_key\""))) {
      refused(schema, bad);
    }
  }

  @Test
  void a_publication_that_is_more_or_less_than_it_must_be_is_refused() {
    String schema = "identity/prekeys_publish_request.v1";
    SignedPrekey prekey = ALICE.signedPrekey("s", People.NOW);
    String time = WireTime.format(prekey.expiresAt());
    String one =
        "{\"id\":\"one-1\",\"public_key\":\"%s\"}"
            .formatted(Base64Url.encode(oneTime(1).publicKey()));
    String suites = "\"suites\":[\"talos-x3dh-2\"]";
    String good =
        """
        {"signed_prekey":{"id":"s","public_key":"%s","expires_at":"%s",%s,"signature":"%s"},\
        "one_time_prekeys":[%s]}\
        """
            .formatted(
                Base64Url.encode(prekey.publicKey()),
                time,
                suites,
                Base64Url.encode(prekey.signature()),
                one);

    fits(schema, good);
    fits(schema, good.replace("[" + one + "]", "[]"));
    fits(schema, good.replace(suites, "\"suites\":[\"talos-2030\",\"talos-x3dh-2\"]"));
    for (String bad :
        List.of(
            good.replace("\"one_time_prekeys\"", "\"more\""),
            good.replace("[" + one + "]", "null"),
            good.replace("[" + one + "]", "[" + one + "," + one + "]"),
            good.replace("[" + one + "]", "[" + (one + ",").repeat(100) + one + "]"),
            good.replace(time, "2026-05-04T10:00:00Z"),
            good.replace(time, "2026-05-04T12:00:00.000+02:00"),
            good.replace("\"one-1\"", "\"\""),
            good.replace("\"one-1\"", "\"a\\nb\""),
            good.replace("\"one-1\"", "1"),
            good.replace("\"one-1\"", "\"" + "x".repeat(65) + "\""),
            good.replace(suites + ",", ""),
            good.replace(suites, "\"suites\":[]"),
            good.replace(suites, "\"suites\":\"talos-x3dh-2\""),
            good.replace(suites, "\"suites\":[\"talos-x3dh-2\",\"talos-x3dh-2\"]"),
            good.replace(suites, "\"suites\":[\"TALOS-X3DH-2\"]"),
            good.replace(suites, "\"suites\":[\"a,b\"]"),
            good.replace(suites, "\"suites\":[" + "\"a\",".repeat(8) + "\"b\"]"))) {
      refused(schema, bad);
    }
  }

  @Test
  void a_publication_of_kem_prekeys_that_is_more_or_less_than_it_must_be_is_refused() {
    String schema = "identity/prekeys_publish_request.v1";
    SignedPrekey prekey = ALICE.signedPrekey("s", People.NOW, SpokenSuites.of(Suite.TALOS_PQXDH_2));
    KemPrekey kem = ALICE.kemPrekey(1, KemPrekey.Kind.ONE_TIME, People.NOW);
    String one =
        "{\"id\":\"kem-1\",\"public_key\":\"%s\",\"expires_at\":\"%s\",\"signature\":\"%s\"}"
            .formatted(
                Base64Url.encode(kem.publicKey()),
                WireTime.format(kem.expiresAt()),
                Base64Url.encode(kem.signature()));
    String good =
        """
        {"signed_prekey":{"id":"s","public_key":"%s","expires_at":"%s",\
        "suites":["talos-pqxdh-2"],"signature":"%s"},"one_time_prekeys":[],\
        "last_resort_kem_prekey":%s,"one_time_kem_prekeys":[%s]}\
        """
            .formatted(
                Base64Url.encode(prekey.publicKey()),
                WireTime.format(prekey.expiresAt()),
                Base64Url.encode(prekey.signature()),
                one.replace("kem-1", "kem-2"),
                one);

    fits(schema, good);
    for (String bad :
        List.of(
            good.replace("[" + one + "]", "null"),
            good.replace("[" + one + "]", "[" + one + "," + one + "]"),
            good.replace("[" + one + "]", "[" + (one + ",").repeat(100) + one + "]"),
            good.replace("\"kem-1\"", "\"\""),
            good.replace("\"kem-1\"", "\"kem-1\",\"kind\":\"one-time\""),
            good.replace(Base64Url.encode(kem.publicKey()), "AAAA"),
            good.replace(Base64Url.encode(kem.publicKey()), Base64Url.encode(prekey.publicKey())),
            good.replace(Base64Url.encode(kem.signature()), "AAAA"))) {
      refused(schema, bad);
    }
  }

  @Test
  void a_request_for_a_key_that_is_more_or_less_than_it_must_be_is_refused() {
    String schema = "identity/virtual_key_issue_request.v1";

    fits(schema, "{\"name\":\"chat\"}");
    fits(schema, "{\"name\":\"chat\",\"expires_at\":\"2026-05-04T10:00:00.000Z\"}");
    for (String bad :
        List.of(
            "{}",
            "{\"name\":1}",
            "{\"name\":\"\"}",
            "{\"name\":\"a\\nb\"}",
            "{\"name\":\"chat\",\"id\":\"x\"}",
            "{\"name\":\"chat\",\"expires_at\":null}",
            "{\"name\":\"chat\",\"expires_at\":\"tomorrow\"}")) {
      refused(schema, bad);
    }
  }

  private static void fits(String schema, String body) {
    assertThat(SCHEMAS.violations(schema, StrictJson.parse(Bytes.utf8(body), Limits.REQUEST)))
        .as(body)
        .isEmpty();
  }

  private static void refused(String schema, String body) {
    assertThat(SCHEMAS.violations(schema, StrictJson.parse(Bytes.utf8(body), Limits.REQUEST)))
        .as(body)
        .isNotEmpty();
  }
}
