package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.time.WireTime;
import jakarta.json.Json;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** A client that does not know whether it was heard asks again, and the change is made once. */
@OnTheStack
class IdempotencyIT {
  private static final String REPLAYED = "talos-idempotent-replay";
  private static final int CALLERS = 8;

  private final Stack stack;
  private final Http http;
  private final Identity alice;
  private final Identity bob;

  IdempotencyIT(Stack stack) {
    this.stack = stack;
    this.http = stack.http();
    this.alice = Agents.registered(stack);
    this.bob = Talk.withPrekeys(stack);
  }

  private static String freshKey() {
    return Randomness.secure().bytes(16).hex();
  }

  private String opening(String firstBytes) {
    return Json.createObjectBuilder()
        .add("responder_id", bob.did())
        .add("suite", "talos-x3dh-2")
        .add("initial_message", Base64Url.encode(Bytes.utf8(firstBytes + "opaque to the server")))
        .build()
        .toString();
  }

  private Http.Answer open(Identity signer, String key, String body) {
    return http.send(
        http.request("POST", "/a2a/sessions")
            .header("Idempotency-Key", key)
            .json(body)
            .signed(stack.baseUri(), signer.signing(), Optional.empty()));
  }

  private long sessionsOf(Identity initiator) {
    return stack.count(
        "select count(*) from a2a.session where initiator_id = '" + initiator.did() + "'");
  }

  @Test
  void the_same_request_again_gets_the_same_answer_and_changes_nothing_more() {
    String key = freshKey();

    Http.Answer first = open(alice, key, opening("one"));
    Http.Answer second = open(alice, key, opening("one"));

    assertThat(first.status()).as(first.text()).isEqualTo(201);
    assertThat(first.headers()).doesNotContainKey(REPLAYED);
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.headers()).containsEntry(REPLAYED, "true");
    assertThat(second.bytes()).isEqualTo(first.bytes());
    assertThat(second.headers().get("content-type")).isEqualTo(first.headers().get("content-type"));
    assertThat(sessionsOf(alice)).isEqualTo(1);
  }

  @Test
  void another_body_under_the_same_key_is_a_conflict() {
    String key = freshKey();
    assertThat(open(alice, key, opening("one")).status()).isEqualTo(201);

    Http.Answer other = open(alice, key, opening("two"));

    assertThat(other.status()).isEqualTo(409);
    assertThat(other.code()).isEqualTo("IDEMPOTENCY_KEY_REUSE_CONFLICT");
    assertThat(sessionsOf(alice)).isEqualTo(1);
  }

  @Test
  void another_target_under_the_same_key_is_a_conflict_also_without_a_body() {
    Identity carol = Talk.withPrekeys(stack);
    String key = freshKey();

    assertThat(claim(bob, key).status()).isEqualTo(200);
    Http.Answer other = claim(carol, key);

    assertThat(other.code()).isEqualTo("IDEMPOTENCY_KEY_REUSE_CONFLICT");
    assertThat(
            stack.count(
                "select count(*) from identity.one_time_prekey where agent_did = '"
                    + carol.did()
                    + "'"))
        .isEqualTo(2);
  }

  private Http.Answer claim(Identity owner, String key) {
    return http.send(
        http.request("POST", "/identity/agents/" + owner.did() + "/prekeys/claim")
            .header("Idempotency-Key", key)
            .signed(stack.baseUri(), alice.signing(), Optional.empty()));
  }

  @Test
  void a_key_belongs_to_who_used_it() {
    Identity carol = Agents.registered(stack);
    String key = freshKey();

    Http.Answer alices = open(alice, key, opening("same"));
    Http.Answer carols = open(carol, key, opening("same"));

    assertThat(carols.status()).as(carols.text()).isEqualTo(201);
    assertThat(carols.headers()).doesNotContainKey(REPLAYED);
    assertThat(carols.json().getString("session_id"))
        .isNotEqualTo(alices.json().getString("session_id"));
  }

  @Test
  void eight_copies_at_once_open_one_session() throws InterruptedException, ExecutionException {
    String key = freshKey();

    List<Http.Answer> answers =
        AtOnce.each(Collections.nCopies(CALLERS, key), k -> open(alice, k, opening("at once")));

    assertThat(sessionsOf(alice)).isEqualTo(1);
    assertThat(
            answers.stream()
                .filter(a -> a.status() == 201)
                .map(a -> a.json().getString("session_id"))
                .distinct())
        .hasSize(1);
    answers.stream()
        .filter(a -> a.status() != 201)
        .forEach(a -> assertThat(a.code()).isEqualTo("IDEMPOTENCY_IN_PROGRESS"));
  }

  @Test
  void a_refusal_is_remembered_like_any_answer() {
    String key = freshKey();
    String toNobody = opening("x").replace(bob.did(), Identity.generate(Randomness.secure()).did());

    Http.Answer first = open(alice, key, toNobody);
    Http.Answer second = open(alice, key, toNobody);

    assertThat(first.code()).isEqualTo("AGENT_NOT_FOUND");
    assertThat(second.code()).isEqualTo("AGENT_NOT_FOUND");
    assertThat(second.headers()).containsEntry(REPLAYED, "true");
  }

  @Test
  void an_operators_grant_is_made_once() {
    String key = freshKey();
    String wish =
        Json.createObjectBuilder()
            .add("subject", alice.did())
            .add("scope", Json.createArrayBuilder().add("tool:anything"))
            .add("expires_at", WireTime.format(Notes.now().plusSeconds(60)))
            .build()
            .toString();

    Http.Answer first = grant(key, wish);
    Http.Answer second = grant(key, wish);

    assertThat(first.status()).as(first.text()).isEqualTo(201);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(
            stack.count(
                "select count(*) from policy.capability where subject = '" + alice.did() + "'"))
        .isEqualTo(1);
  }

  private Http.Answer grant(String key, String wish) {
    return http.send(
        http.request("POST", "/policy/capabilities")
            .header("Idempotency-Key", key)
            .bearer(stack.operatorToken())
            .json(wish));
  }

  @Test
  void a_key_that_is_shown_once_is_not_kept_and_not_issued_twice() {
    String key = freshKey();
    String name = "once-" + key;

    Http.Answer first = issue(key, name);
    Http.Answer second = issue(key, name);

    assertThat(first.status()).as(first.text()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.code()).isEqualTo("IDEMPOTENT_ANSWER_NOT_KEPT");
    String shown = Objects.requireNonNull(first.json().getString("key"));
    assertThat(second.text()).doesNotContain(shown);
    assertThat(stack.count("select count(*) from identity.virtual_key where name = '" + name + "'"))
        .isEqualTo(1);
  }

  private Http.Answer issue(String key, String name) {
    return http.send(
        http.request("POST", "/identity/keys")
            .header("Idempotency-Key", key)
            .bearer(stack.operatorToken())
            .json(Json.createObjectBuilder().add("name", name).build().toString()));
  }

  @Test
  void a_key_that_is_too_long_or_not_one_word_is_refused_and_never_ignored() {
    for (String key : List.of("two words", "x".repeat(1000))) {
      Http.Answer answer = open(alice, key, opening("form"));

      assertThat(answer.status()).as(answer.text()).isEqualTo(400);
      assertThat(answer.code()).isEqualTo("IDEMPOTENCY_KEY_INVALID");
    }
    assertThat(sessionsOf(alice)).isZero();
  }
}
