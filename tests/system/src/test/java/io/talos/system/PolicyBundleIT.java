package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.time.WireTime;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What operators publish is what is enforced, everywhere, and nobody else publishes anything. */
@OnTheStack
@Threat("T-CAPABILITYABUSE-01")
class PolicyBundleIT {
  private static final Duration LIMITED_MOST = Duration.ofSeconds(20);
  private static final Duration LIMITED_STEP = Duration.ofMillis(200);
  private static final Duration FOLLOWED_WITHIN = Duration.ofSeconds(1);

  private final TwoNodes nodes;
  private final Stack stack;
  private final Trail trail;

  PolicyBundleIT(TwoNodes nodes) {
    this.nodes = nodes;
    this.stack = nodes.stack();
    this.trail = new Trail(stack);
  }

  @AfterEach
  void back_to_talos_as_it_ships() {
    Http.Answer answer =
        operator(
            "POST",
            "/policy/bundles/rollback",
            Json.createObjectBuilder().add("version", 0).add("expected_version", active()).build());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    Patiently.until("the second server follows", () -> active(nodes.second()) == active());
  }

  private Http.Answer operator(String method, String path, JsonObject body) {
    return stack
        .http()
        .send(
            stack.http().request(method, path).bearer(stack.operatorToken()).json(body.toString()));
  }

  private Http.Answer operator(String method, String path) {
    return stack.http().send(stack.http().request(method, path).bearer(stack.operatorToken()));
  }

  private long active() {
    return active(stack.http());
  }

  /** Asked again and again until both servers agree; on a quick machine that meets the limit. */
  private long active(Http node) {
    Http.Answer answer = roles(node);
    long end = System.nanoTime() + LIMITED_MOST.toNanos();
    while (answer.status() == 429 && System.nanoTime() < end) {
      LockSupport.parkNanos(LIMITED_STEP.toNanos());
      answer = roles(node);
    }
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().getJsonNumber("version").longValue();
  }

  private Http.Answer roles(Http node) {
    return node.send(node.request("GET", "/policy/roles").bearer(stack.operatorToken()));
  }

  private static JsonObject document(String lists) {
    try (var reader =
        Json.createReader(
            new java.io.StringReader(
                "{\"schema_id\":\"talos.policy_bundle\",\"schema_version\":\"v1\""
                    + lists
                    + "}"))) {
      return reader.readObject();
    }
  }

  private static String binding(String id, String effect, String did, String role, String scope) {
    return ("{\"binding_id\":\"%s\",\"subject\":{\"type\":\"principal\",\"id\":\"%s\"},"
            + "\"role_id\":\"%s\",\"effect\":\"%s\",\"scope\":%s}")
        .formatted(id, did, role, effect, scope);
  }

  private static String scope(String type, String name, String value) {
    return "{\"scope_type\":\"%s\",\"attributes\":{\"%s\":\"%s\"}}".formatted(type, name, value);
  }

  private JsonObject drafted(JsonObject document) {
    Http.Answer answer =
        operator(
            "POST",
            "/policy/bundles",
            Json.createObjectBuilder().add("document", document).build());
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  private Http.Answer publish(JsonObject draft, long expected) {
    return operator(
        "POST",
        "/policy/bundles/" + draft.getString("bundle_id") + "/publish",
        Json.createObjectBuilder().add("expected_version", expected).build());
  }

  private Http.Answer read(Http node, Identity caller, String did) {
    return node.send(
        node.request("GET", "/identity/agents/" + did)
            .signed(stack.baseUri(), caller.signing(), Optional.empty()));
  }

  @Test
  void what_is_forbidden_is_refused_at_once_here_and_within_a_second_on_the_other_server() {
    Identity mallory = Agents.registered(stack);
    Identity alice = Agents.registered(stack);
    assertThat(read(nodes.first(), mallory, alice.did()).status()).isEqualTo(200);
    assertThat(read(nodes.second(), mallory, alice.did()).status()).isEqualTo(200);
    JsonObject draft =
        drafted(
            document(
                ",\"bindings\":["
                    + binding(
                        "no-alice",
                        "deny",
                        mallory.did(),
                        "agent",
                        scope("agent", "did", alice.did()))
                    + "]"));

    Http.Answer published = publish(draft, active());
    long returned = System.nanoTime();

    assertThat(published.status()).as(published.text()).isEqualTo(201);
    Http.Answer refused = read(nodes.first(), mallory, alice.did());
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo("RBAC_DENIED");
    Patiently.until(
        "the second server refuses too",
        () -> read(nodes.second(), mallory, alice.did()).status() == 403);
    assertThat(Duration.ofNanos(System.nanoTime() - returned)).isLessThan(FOLLOWED_WITHIN);
    assertThat(read(nodes.first(), mallory, mallory.did()).status()).isEqualTo(200);
    assertThat(read(nodes.first(), alice, alice.did()).status()).isEqualTo(200);
    JsonObject event =
        trail
            .events(
                "kind = 'request.refused' and principal_id = '"
                    + mallory.did()
                    + "' and event like '%no-alice%'")
            .get(0);
    JsonObject meta = event.getJsonObject("meta");
    assertThat(meta.getString("authz_reason")).isEqualTo("RBAC_EXPLICITLY_DENIED");
    assertThat(meta.getString("binding")).isEqualTo("no-alice");
    assertThat(meta.getString("scope_type")).isEqualTo("agent");
    assertThat(trail.events("kind = 'policy.published'")).isNotEmpty();
  }

  @Test
  void a_role_that_is_given_opens_and_one_that_has_expired_does_not() {
    Identity alice = Agents.registered(stack);
    String path = "/policy/surfaces";
    JsonObject role =
        Json.createObjectBuilder()
            .add("role_id", "nothing-much")
            .add("permissions", Json.createArrayBuilder().add("policy:surface:list"))
            .build();
    Http.Answer put =
        operator(
            "PUT",
            "/policy/roles/nothing-much",
            Json.createObjectBuilder().add("role", role).build());
    assertThat(put.status()).as(put.text()).isEqualTo(201);
    JsonObject expired =
        json(
            binding("old", "deny", alice.did(), "nothing-much", "{\"scope_type\":\"global\"}")
                .replace(
                    "\"effect\"",
                    "\"expires_at\":\"" + WireTime.format(Notes.now()) + "\",\"effect\""));
    assertThat(
            operator(
                    "PUT",
                    "/policy/bindings/old",
                    Json.createObjectBuilder().add("binding", expired).build())
                .status())
        .isEqualTo(201);
    assertThat(get(alice, path).status()).isEqualTo(200);
    JsonObject now =
        json(binding("now", "deny", alice.did(), "nothing-much", "{\"scope_type\":\"global\"}"));
    assertThat(
            operator(
                    "PUT",
                    "/policy/bindings/now",
                    Json.createObjectBuilder().add("binding", now).build())
                .status())
        .isEqualTo(201);
    assertThat(get(alice, path).code()).isEqualTo("RBAC_DENIED");
    assertThat(operator("DELETE", "/policy/bindings/now").status()).isEqualTo(201);
    assertThat(get(alice, path).status()).isEqualTo(200);
    assertThat(operator("DELETE", "/policy/bindings/now").code())
        .isEqualTo("POLICY_ENTRY_NOT_FOUND");
    // A role that is in use is not taken away.
    assertThat(operator("DELETE", "/policy/roles/nothing-much").code()).isEqualTo("POLICY_INVALID");
  }

  private static JsonObject json(String text) {
    try (var reader = Json.createReader(new java.io.StringReader(text))) {
      return reader.readObject();
    }
  }

  private Http.Answer get(Identity caller, String path) {
    return stack
        .http()
        .send(
            stack
                .http()
                .request("GET", path)
                .signed(stack.baseUri(), caller.signing(), Optional.empty()));
  }

  @Test
  void two_operators_who_know_the_same_version_do_not_both_publish() {
    JsonObject one = drafted(document(",\"about\":\"one\""));
    JsonObject other = drafted(document(",\"about\":\"other\""));
    long known = active();

    Http.Answer first = publish(one, known);
    Http.Answer second = publish(other, known);

    assertThat(first.status()).isEqualTo(201);
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.code()).isEqualTo("POLICY_VERSION_CONFLICT");
    assertThat(active()).isEqualTo(known + 1);
    assertThat(operator("GET", "/policy/bundles/active").json().getJsonObject("document"))
        .isEqualTo(document(",\"about\":\"one\""));
  }

  @Test
  void a_document_that_does_not_fit_together_is_told_place_by_place_and_never_kept() {
    JsonObject bad =
        document(
            ",\"roles\":[{\"role_id\":\"agent\",\"permissions\":[\"a:b:c\"]}],\"bindings\":["
                + binding("x", "allow", "did:key:z", "nobody", "{\"scope_type\":\"session\"}")
                + ","
                + binding("x", "deny", "did:key:z", "agent", scope("global", "a", "b"))
                + "],\"limits\":[{\"surface\":\"no.such\",\"per_second\":1,\"burst\":1}]");
    JsonObject body = Json.createObjectBuilder().add("document", bad).build();

    JsonObject checked = operator("POST", "/policy/bundles/validate", body).json();

    assertThat(checked.getBoolean("valid")).isFalse();
    assertThat(
            checked.getJsonArray("problems").stream()
                .map(JsonValue::asJsonObject)
                .map(p -> p.getString("code") + " " + p.getString("pointer")))
        .contains(
            "role_built_in /roles/0/role_id",
            "duplicate_id /bindings/1/binding_id",
            "role_unknown /bindings/0/role_id",
            "scope_attributes /bindings/0/scope/attributes",
            "scope_attributes /bindings/1/scope/attributes",
            "surface_unknown /limits/0/surface");
    Http.Answer drafted = operator("POST", "/policy/bundles", body);
    assertThat(drafted.code()).isEqualTo("POLICY_INVALID");
    assertThat(drafted.json().getString("pointer")).startsWith("/");
  }

  @Test
  void operators_cannot_lock_themselves_out() {
    JsonObject lockout =
        document(
            ",\"bindings\":[{\"binding_id\":\"out\",\"subject\":{\"type\":\"group\",\"id\":\"operator\"},"
                + "\"role_id\":\"operator\",\"effect\":\"deny\",\"scope\":{\"scope_type\":\"global\"}}]");

    JsonObject checked =
        operator(
                "POST",
                "/policy/bundles/validate",
                Json.createObjectBuilder().add("document", lockout).build())
            .json();

    assertThat(
            checked.getJsonArray("problems").stream()
                .map(JsonValue::asJsonObject)
                .map(p -> p.getString("code") + " " + p.getString("pointer")))
        .containsExactly("lockout /bindings/0");
  }

  @Test
  void a_limit_of_the_policy_is_the_limit_that_counts() {
    JsonObject draft =
        drafted(
            document(
                ",\"limits\":[{\"surface\":\"identity.whoami\",\"per_second\":1,\"burst\":2}]"));
    assertThat(publish(draft, active()).status()).isEqualTo(201);
    Identity alice = Agents.registered(stack);

    List<Integer> statuses =
        java.util.stream.IntStream.range(0, 6)
            .mapToObj(i -> get(alice, "/identity/whoami").status())
            .toList();

    assertThat(statuses).startsWith(200, 200).contains(429);
    JsonObject surface =
        get(alice, "/policy/surfaces").json().getJsonArray("surfaces").stream()
            .map(JsonValue::asJsonObject)
            .filter(s -> s.getString("id").equals("identity.whoami"))
            .findFirst()
            .orElseThrow();
    assertThat(surface.getJsonObject("rate").getInt("burst")).isEqualTo(2);
  }

  @Test
  void a_dry_run_tells_who_would_lose_what_and_changes_nothing() {
    Identity alice = Agents.registered(stack);
    JsonObject draft =
        drafted(
            document(
                ",\"roles\":[{\"role_id\":\"granter\",\"permissions\":[\"policy:capability:grant\"]},"
                    + "{\"role_id\":\"reader\",\"permissions\":[\"audit:event:read\"]}],\"bindings\":["
                    + binding("b1", "allow", alice.did(), "granter", "{\"scope_type\":\"global\"}")
                    + ","
                    + binding("b2", "deny", alice.did(), "reader", "{\"scope_type\":\"global\"}")
                    + "]"));
    long before = active();

    JsonObject impact =
        operator("GET", "/policy/bundles/" + draft.getString("bundle_id") + "/impact").json();

    assertThat(changes(impact, "gained")).containsExactly(alice.did() + " policy:capability:grant");
    assertThat(changes(impact, "lost")).containsExactly(alice.did() + " audit:event:read");
    assertThat(impact.getJsonObject("parts").getJsonObject("bindings").getJsonArray("added"))
        .hasSize(2);
    assertThat(active()).isEqualTo(before);
  }

  private static List<String> changes(JsonObject impact, String side) {
    return impact.getJsonArray(side).stream()
        .map(JsonValue::asJsonObject)
        .map(c -> c.getJsonObject("subject").getString("id") + " " + c.getString("permission"))
        .toList();
  }

  @Test
  void an_export_names_nobody() {
    Identity alice = Agents.registered(stack);
    JsonObject draft =
        drafted(
            document(
                ",\"about\":\"for Alice\",\"bindings\":["
                    + binding(
                        "b1", "allow", alice.did(), "agent", scope("agent", "did", alice.did()))
                    + "]"));

    Http.Answer export =
        operator("GET", "/policy/bundles/" + draft.getString("bundle_id") + "/export");

    assertThat(export.status()).as(export.text()).isEqualTo(200);
    assertThat(export.text()).doesNotContain(alice.did(), "for Alice").contains("redacted-", "b1");
  }

  @Test
  void an_agent_publishes_nothing_and_a_signature_of_a_stranger_is_refused() {
    Identity mallory = Agents.registered(stack);
    JsonObject draft = drafted(document(",\"about\":\"stolen\""));
    Http.Answer byAgent =
        stack
            .http()
            .send(
                stack
                    .http()
                    .request("POST", "/policy/bundles/" + draft.getString("bundle_id") + "/publish")
                    .json("{\"expected_version\":" + active() + "}")
                    .signed(stack.baseUri(), mallory.signing(), Optional.empty()));
    var statement =
        new io.talos.contracts.policy.PolicyStatement(
            stack.baseUri().toString(),
            active() + 1,
            io.talos.contracts.codec.Hex.decode(draft.getString("digest")));
    var signature = statement.signedBy(mallory.signing());
    Http.Answer byStranger =
        operator(
            "POST",
            "/policy/bundles/" + draft.getString("bundle_id") + "/publish",
            Json.createObjectBuilder()
                .add("expected_version", active())
                .add(
                    "signature",
                    Json.createObjectBuilder()
                        .add("key", mallory.did())
                        .add(
                            "signature",
                            io.talos.contracts.codec.Base64Url.encode(signature.signature())))
                .build());

    assertThat(byAgent.code()).isEqualTo("AUTH_METHOD_NOT_ALLOWED");
    assertThat(byStranger.code()).isEqualTo("POLICY_SIGNATURE_INVALID");
    assertThat(operator("GET", "/policy/bundles/active").text()).doesNotContain("stolen");
    assertThat(operator("DELETE", "/policy/bundles/" + draft.getString("bundle_id")).status())
        .isEqualTo(204);
    assertThat(trail.events("kind = 'policy.draft_discarded'"))
        .extracting(event -> event.getJsonObject("resource").getString("id"))
        .contains(draft.getString("bundle_id"));
  }

  @Test
  void a_tool_that_the_policy_forbids_is_not_called_whatever_the_capability_says() {
    Notes notes = stack.notes();
    Identity bob = Agents.registered(stack);
    var session = notes.session(bob, notes.grant(bob, 0));
    Replies.granted(session.callTool(Notes.READ, Notes.id("nothing")));
    JsonObject draft =
        drafted(
            document(
                ",\"tools\":[{\"rule_id\":\"no-writes\",\"server\":\""
                    + notes.server()
                    + "\",\"tool\":\""
                    + Notes.WRITE
                    + "\",\"effect\":\"deny\"}]"));
    assertThat(publish(draft, active()).status()).isEqualTo(201);

    var refusal =
        Replies.refused(
            session.callTool(Notes.WRITE, Notes.note(Notes.freshNote(), "forbidden")),
            io.talos.contracts.error.ErrorCode.TOOL_DENIED);

    UuidV7 request = Replies.request(refusal);
    trail.stopped(request, io.talos.contracts.error.ErrorCode.TOOL_DENIED, bob.did());
    Replies.granted(session.callTool(Notes.READ, Notes.id("nothing")));
  }
}
