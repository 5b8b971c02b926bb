package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.did.KeyHistory;
import jakarta.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A resolver of somebody else's asks for DIDs in the words of the standard. */
@OnTheStack
class ResolverIT {
  private static final String RESULT =
      "application/ld+json;profile=\"https://w3id.org/did-resolution\"";

  private final Stack stack;
  private final Identity alice;

  ResolverIT(Stack stack) {
    this.stack = stack;
    this.alice = Agents.registered(stack);
  }

  private Http.Answer resolve(String did, String accept) {
    return stack
        .http()
        .send(stack.http().request("GET", "/1.0/identifiers/" + did).header("Accept", accept));
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/did+ld+json", "application/did+json", "application/did"})
  void the_document_comes_under_the_name_that_was_asked_for(String name) {
    Http.Answer answer = resolve(alice.did(), name);

    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.headers().get("content-type")).startsWith(name);
    assertThat(answer.json().getString("id")).isEqualTo(alice.did());
  }

  @Test
  void the_result_holds_document_and_metadata() {
    Http.Answer answer = resolve(alice.did(), RESULT);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.json().getJsonObject("didDocument").getString("id")).isEqualTo(alice.did());
    assertThat(answer.json().getJsonObject("didDocumentMetadata")).containsKey("created");
    assertThat(answer.json().getJsonObject("didResolutionMetadata")).doesNotContainKey("error");
  }

  @ParameterizedTest
  @CsvSource({
    "did:key:z6Mk, 400, invalidDid",
    "did:talos:00, 400, invalidDid",
    "did:example:123, 501, methodNotSupported",
  })
  void an_error_is_told_in_the_standards_words(String did, int status, String error) {
    Http.Answer answer = resolve(did, RESULT);

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.json().getJsonObject("didResolutionMetadata").getString("error"))
        .isEqualTo(error);
    assertThat(answer.json().isNull("didDocument")).isTrue();
  }

  @Test
  void a_form_that_does_not_exist_is_not_acceptable() {
    assertThat(resolve(alice.did(), "text/html").status()).isEqualTo(406);
  }

  @Test
  void a_revoked_agent_is_gone_and_its_document_says_so() {
    KeyHistory begun = alice.begun(Optional.empty(), Notes.now()).history();
    KeyHistory ended = begun.with(begun.revoke(alice.signing(), Notes.now()));
    Replies.granted(stack.client().bring(ended, Optional.empty(), alice.signing()));

    Http.Answer answer = resolve(alice.did(), RESULT);

    assertThat(answer.status()).isEqualTo(410);
    assertThat(answer.json().getJsonObject("didDocumentMetadata").getBoolean("deactivated"))
        .isTrue();
    assertThat(answer.json().getJsonObject("didDocument")).doesNotContainKey("keyAgreement");
  }

  @Test
  void after_a_rotation_the_document_lists_the_current_key_only() {
    Identity next = alice.rotated(Randomness.secure(), Notes.now());
    Replies.granted(stack.client().bring(next));

    JsonObject document = Replies.value(stack.client().resolve(Did.parse(alice.did())));

    assertThat(document.getString("id")).isEqualTo(alice.did());
    assertThat(document.getJsonArray("verificationMethod").getJsonObject(0).getString("id"))
        .isEqualTo(next.history().keyUrl().text());
    assertThat(document.getJsonArray("assertionMethod")).hasSize(1);
  }
}
