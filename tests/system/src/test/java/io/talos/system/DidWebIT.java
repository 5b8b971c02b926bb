package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.registry.Threat;
import io.talos.launcher.LibertyServer;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Mallory runs an organisation's web server, and wants Talos to go where only Talos can. */
@OnTheStack
@Threat("T-IMPERSONATION-01")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DidWebIT {
  private static final int PORT_OFFSET = 700;

  private final Stack stack;
  private Organisation acme;
  private LibertyServer node;
  private Http http;

  DidWebIT(Stack stack) {
    this.stack = stack;
  }

  @BeforeAll
  void a_node_trusts_acmes_authority_and_may_reach_this_machine(@TempDir Path folder)
      throws Exception {
    acme = Organisation.open(folder);
    node =
        stack.node(
            PORT_OFFSET,
            Map.of(
                "TALOS_HTTP_AUTHORITIES_FILE", acme.authority().toString(),
                "TALOS_IDENTITY_DID_WEB_PRIVATE", "true",
                "TALOS_IDENTITY_DID_WEB_CACHE_SECONDS", "0"));
    http = new Http(node.baseUri());
    Http.Answer org =
        http.send(
            http.request("POST", "/identity/orgs")
                .bearer(stack.operatorToken())
                .json("{\"name\": \"This machine\", \"domain\": \"localhost\"}"));
    assertThat(org.status()).as(org.text()).isIn(201, 409);
  }

  @AfterAll
  void the_node_ends() {
    acme.close();
    node.stop();
  }

  @Test
  void a_published_document_resolves_as_it_was_published() {
    String did = acme.did();
    String key = Did.parse(Identity.generate(Randomness.secure()).did()).multikey();
    acme.publish("/.well-known/did.json", 200, Map.of(), document(did, key));

    Http.Answer answer = resolve(did);

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonObject document = answer.json();
    assertThat(document.getString("id")).isEqualTo(did);
    assertThat(document.getJsonArray("verificationMethod").getJsonObject(0).getString("id"))
        .isEqualTo(did + "#one");
  }

  @Test
  void a_members_document_lies_below_the_path_that_its_did_names() {
    String did = acme.did("users", "bob");
    acme.publish("/users/bob/did.json", 200, Map.of(), "{\"id\": \"" + did + "\"}");

    assertThat(resolve(did).status()).isEqualTo(200);
    assertThat(acme.asked()).contains("/users/bob/did.json");
  }

  @Test
  void a_redirect_to_the_clouds_own_address_is_not_followed() {
    String did = acme.did("moved");
    acme.publish(
        "/moved/did.json", 302, Map.of("Location", "http://169.254.169.254/latest/meta-data"), "");

    assertThat(resolve(did).status()).isNotEqualTo(200);
  }

  @Test
  void a_document_of_another_a_huge_one_and_none_do_not_resolve() {
    String other = acme.did("other");
    acme.publish("/other/did.json", 200, Map.of(), "{\"id\": \"" + acme.did("bank") + "\"}");
    String huge = acme.did("huge");
    acme.publish(
        "/huge/did.json",
        200,
        Map.of(),
        "{\"id\": \"" + huge + "\", \"x\": \"" + "x".repeat(1 << 16) + "\"}");
    String twice = acme.did("twice");
    acme.publish(
        "/twice/did.json", 200, Map.of(), "{\"id\": \"" + twice + "\", \"id\": \"" + other + "\"}");

    assertThat(resolve(other).status()).isNotEqualTo(200);
    assertThat(resolve(huge).status()).isNotEqualTo(200);
    assertThat(resolve(twice).status()).isNotEqualTo(200);
    assertThat(resolve(acme.did("nobody")).status()).isEqualTo(404);
  }

  @Test
  void a_host_of_no_organisation_and_a_number_are_not_asked() {
    assertThat(resolve("did:web:mallory.example").status()).isEqualTo(404);
    assertThat(resolve("did:web:127.0.0.1").status()).isEqualTo(400);
    assertThat(resolve("did:web:2130706433").status()).isEqualTo(400);
  }

  private static String document(String did, String key) {
    return """
        {"@context": ["https://www.w3.org/ns/did/v1"], "id": "%1$s",
         "verificationMethod": [{"id": "%1$s#one", "type": "Multikey", "controller": "%1$s",
                                 "publicKeyMultibase": "%2$s"}],
         "authentication": ["%1$s#one"]}
        """
        .formatted(did, key);
  }

  private Http.Answer resolve(String did) {
    return http.send(
        http.request("GET", "/1.0/identifiers/" + did.replace("%", "%25"))
            .header("Accept", "application/did"));
  }
}
