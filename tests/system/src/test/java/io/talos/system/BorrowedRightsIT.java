package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.JWTClaimsSet;
import io.talos.client.Identity;
import io.talos.client.McpSession;
import io.talos.client.Refusal;
import io.talos.client.Reply;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.time.WireTime;
import io.talos.launcher.OperatorIssuer;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mallory has no right of her own, and uses somebody else's: stolen, lent, or by a deputy. */
@OnTheStack
@Threat("T-CAPABILITYABUSE-01")
class BorrowedRightsIT {
  private final Stack stack;
  private final Http http;
  private final Notes notes;
  private final Trail trail;
  private final Identity bob;

  BorrowedRightsIT(Stack stack) {
    this.stack = stack;
    this.http = stack.http();
    this.notes = stack.notes();
    this.trail = new Trail(stack);
    this.bob = Agents.registered(stack);
  }

  private JsonObject virtualKey(Optional<Instant> end) {
    var body = Json.createObjectBuilder().add("name", "borrowed-rights");
    end.ifPresent(at -> body.add("expires_at", WireTime.format(at)));
    Http.Answer issued =
        http.send(
            http.request("POST", "/identity/keys")
                .bearer(stack.operatorToken())
                .json(body.build().toString()));
    assertThat(issued.status()).as(issued.text()).isEqualTo(201);
    return issued.json();
  }

  private Http.Answer whoami(String bearer) {
    return http.send(http.request("GET", "/identity/whoami").bearer(bearer));
  }

  private static String ping() {
    return Notes.rpc("ping", JsonObject.EMPTY_JSON_OBJECT).toString();
  }

  @Test
  void a_deputy_that_works_for_mallory_has_mallorys_rights_and_not_its_own() {
    Identity mallory = Agents.registered(stack);
    UnverifiedCapability bobsOwn = notes.grant(bob, 0);
    UnverifiedCapability mallorys =
        notes.passedOn(notes.grant(mallory, 2), mallory, mallory, Notes.READ);
    UnverifiedCapability lent = notes.passedOn(mallorys, mallory, bob, Notes.READ);
    Notes.Reached before = notes.reached();

    // Bob, who may write on his own account, is asked by Mallory to write with what she lends him.
    Reply<?> reply =
        stack.client().send(notes.call(bob, lent, Notes.WRITE, Notes.note("bobs", "for Mallory")));

    Refusal refusal = Replies.refused(reply, ErrorCode.CAPABILITY_SCOPE_MISMATCH);
    trail.stopped(Replies.request(refusal), ErrorCode.CAPABILITY_SCOPE_MISMATCH, bob.did());
    assertThat(notes.reached()).isEqualTo(before);
    Replies.granted(
        notes.session(bob, bobsOwn).callTool(Notes.WRITE, Notes.note(Notes.freshNote(), "own")));
  }

  @Test
  void of_two_capabilities_in_one_request_none_counts() {
    UnverifiedCapability wide = notes.grant(bob, 0);
    UnverifiedCapability narrow = notes.passedOn(notes.grant(bob, 1), bob, bob, Notes.READ);
    for (List<UnverifiedCapability> both : List.of(List.of(wide, narrow), List.of(narrow, wide))) {
      Http.Answer answer =
          http.send(
              Forge.of(stack, "POST", notes.path(), bob)
                  .body(ping())
                  .capability(both.get(0).header())
                  .request()
                  .also("Talos-Capability", both.get(1).header()));
      assertThat(answer.status()).as(answer.text()).isBetween(400, 403);
      assertThat(answer.headers()).doesNotContainKey("talos-admission");
    }
  }

  @Test
  void a_capability_anywhere_but_in_its_header_is_none() {
    String header = notes.grant(bob, 0).header();
    JsonObject meta =
        Json.createObjectBuilder()
            .add(
                "_meta",
                Json.createObjectBuilder()
                    .add("_talos_capability", header)
                    .add("talos-capability", header))
            .build();
    Http.Answer inBody =
        Forge.of(stack, "POST", notes.path(), bob).body(Notes.rpc("ping", meta).toString()).send();
    Http.Answer inQuery =
        Forge.of(stack, "POST", notes.path() + "?talos-capability=" + header, bob)
            .body(ping())
            .send();
    Http.Answer asBearer =
        http.send(http.request("POST", notes.path()).bearer(header).json(ping()));

    assertThat(inBody.code()).isEqualTo("CAPABILITY_MISSING");
    assertThat(inQuery.code()).isEqualTo("CAPABILITY_MISSING");
    assertThat(asBearer.code()).isEqualTo("AUTH_INVALID");
  }

  @Test
  void a_right_to_one_server_is_none_to_another_with_the_same_tools() {
    String twin = "twin-" + Notes.freshId();
    Replies.granted(
        stack
            .operator()
            .registerMcpServer(
                twin, stack.launcher().notes().uri(), Optional.of("system-tests-notes")));
    UnverifiedCapability bobs = notes.grant(bob, 0);
    Notes.Reached before = notes.reached();

    Http.Answer answer =
        Forge.of(stack, "POST", "/mcp/" + twin, bob)
            .body(Notes.rpc("tools/call", Notes.params(Notes.READ, Notes.id("x"))).toString())
            .capability(bobs.header())
            .send();

    assertThat(answer.code()).isEqualTo("CAPABILITY_SCOPE_MISMATCH");
    assertThat(notes.reached()).isEqualTo(before);
  }

  @Test
  @Threat("T-IMPERSONATION-01")
  void a_stolen_virtual_key_calls_no_tool_and_opens_no_session() {
    String stolen = virtualKey(Optional.empty()).getString("key");
    UnverifiedCapability bobs = notes.grant(bob, 0);

    Http.Answer tool =
        http.send(
            http.request("POST", notes.path())
                .bearer(stolen)
                .header("Talos-Capability", bobs.header())
                .json(ping()));
    Http.Answer session =
        http.send(http.request("GET", "/a2a/sessions/" + Notes.freshId()).bearer(stolen));
    Http.Answer grant =
        http.send(
            http.request("POST", "/policy/revocations")
                .bearer(stolen)
                .json("{\"link\":\"" + "0".repeat(64) + "\",\"reason\":\"other\"}"));

    assertThat(tool.code()).isEqualTo("AUTH_METHOD_NOT_ALLOWED");
    assertThat(session.code()).isEqualTo("AUTH_METHOD_NOT_ALLOWED");
    assertThat(grant.code()).isEqualTo("AUTH_METHOD_NOT_ALLOWED");
  }

  @Test
  @Threat("T-IMPERSONATION-01")
  void a_virtual_key_is_over_when_it_says_and_when_it_is_revoked() {
    Instant end = Notes.now().plusSeconds(3);
    String brief = virtualKey(Optional.of(end)).getString("key");
    JsonObject other = virtualKey(Optional.empty());
    assertThat(whoami(brief).status()).isEqualTo(200);
    assertThat(whoami(other.getString("key")).status()).isEqualTo(200);

    http.send(
        http.request("DELETE", "/identity/keys/" + other.getString("id"))
            .bearer(stack.operatorToken()));
    Patiently.until("it is over", () -> !Notes.now().isBefore(end));

    assertThat(whoami(other.getString("key")).code()).isEqualTo("AUTH_REVOKED");
    assertThat(whoami(brief).code()).isEqualTo("AUTH_EXPIRED");
  }

  @Test
  @Threat("T-IMPERSONATION-01")
  void a_stolen_operators_token_is_no_agent() {
    UnverifiedCapability bobs = notes.grant(bob, 0);
    String stolen = stack.operatorToken();

    Http.Answer tool =
        http.send(
            http.request("POST", notes.path())
                .bearer(stolen)
                .header("Talos-Capability", bobs.header())
                .json(ping()));
    Http.Answer session =
        http.send(http.request("GET", "/a2a/sessions/" + Notes.freshId()).bearer(stolen));

    assertThat(tool.code()).isEqualTo("AUTH_METHOD_NOT_ALLOWED");
    assertThat(session.code()).isEqualTo("AUTH_METHOD_NOT_ALLOWED");
  }

  @Test
  @Threat("T-REPLAY-01")
  void one_operators_idempotency_key_brings_another_operator_nothing() {
    String key = "borrowed-" + Notes.freshId();
    String wish =
        Json.createObjectBuilder()
            .add("subject", bob.did())
            .add("scope", Json.createArrayBuilder().add(notes.whole().text()))
            .add("expires_at", WireTime.format(Notes.now().plusSeconds(600)))
            .build()
            .toString();

    String olgas = granted(key, wish, "olga");
    String again = granted(key, wish, "olga");
    String ottos = granted(key, wish, "otto");

    assertThat(again).isEqualTo(olgas);
    assertThat(ottos).isNotEqualTo(olgas);
  }

  private String granted(String idempotencyKey, String wish, String operator) {
    JWTClaimsSet claims =
        stack
            .launcher()
            .issuer()
            .claims(operator, Set.of(OperatorIssuer.OPERATOR_GROUP), Duration.ofHours(1))
            .build();
    Http.Answer answer =
        http.send(
            http.request("POST", "/policy/capabilities")
                .bearer(stack.launcher().issuer().sign(claims))
                .header("Idempotency-Key", idempotencyKey)
                .json(wish));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json().getString("capability");
  }

  @Test
  @Threat("T-IMPERSONATION-01")
  void headers_that_name_somebody_make_nobody_somebody() {
    Identity mallory = Agents.registered(stack);
    Map<String, String> names =
        Map.of(
            "X-Talos-Principal-Id", bob.did(),
            "X-Talos-Principal", "operator:olga",
            "X-Talos-Agent-Id", bob.did(),
            "X-Forwarded-User", "operator@talos.test",
            "X-Remote-User", "operator@talos.test",
            "X-Admin-Secret", "change-me-in-prod",
            "X-Talos-Roles", "operator",
            "X-Client-Cert", bob.did());
    Http.Request nobody = http.request("GET", "/identity/whoami");
    Http.Request mallorys = Forge.whoami(stack, mallory).request();
    names.forEach(nobody::header);
    names.forEach(mallorys::header);

    Http.Answer known = http.send(mallorys);

    assertThat(http.send(nobody).code()).isEqualTo("AUTH_MISSING");
    assertThat(known.json().getString("id")).isEqualTo(mallory.did());
    assertThat(known.json().getJsonArray("roles").toString()).isEqualTo("[\"agent\"]");
  }

  @Test
  @Threat("T-IMPERSONATION-01")
  void what_other_servers_accept_out_of_the_box_opens_nothing_here() {
    for (String known :
        List.of(
            "cap_anything",
            "cap_valid",
            "sk-test-key",
            "test",
            "admin",
            "dev-admin",
            "change-me-in-prod",
            "talos",
            "null",
            "undefined",
            "00000000-0000-0000-0000-000000000000",
            "tvk_")) {
      assertThat(whoami(known).code()).as(known).isEqualTo("AUTH_INVALID");
      Http.Answer tool =
          http.send(
              http.request("POST", notes.path())
                  .bearer(known)
                  .header("Talos-Capability", known)
                  .json(ping()));
      assertThat(tool.status()).as(known).isEqualTo(401);
    }
  }

  @Test
  void a_capability_that_just_passed_is_looked_at_again_in_every_call_and_each_call_is_logged() {
    UnverifiedCapability reading = notes.passedOn(notes.grant(bob, 1), bob, bob, Notes.READ);
    McpSession session = notes.session(bob, reading);
    long before = admitted();

    for (int i = 0; i < 5; i++) {
      Replies.granted(session.callTool(Notes.READ, Notes.id("warm")));
      Replies.refused(
          session.callTool(Notes.WRITE, Notes.note("warm", "now")),
          ErrorCode.CAPABILITY_SCOPE_MISMATCH);
    }

    assertThat(admitted() - before).isEqualTo(5);
  }

  private long admitted() {
    return stack.count(
        "select count(*) from audit.event where kind = 'request.admitted' and principal_id = '"
            + bob.did()
            + "'");
  }

  @Test
  void without_a_credential_no_tool_is_reached_by_whatever_door() {
    Notes.Reached before = notes.reached();
    for (String path :
        List.of(
            notes.path(),
            notes.path() + "/tools/" + Notes.READ + ":call",
            "/v1/mcp/servers/" + notes.server() + "/tools/" + Notes.READ + ":call",
            "/mcp/tools/chat",
            "/tools/call")) {
      assertThat(http.send(http.request("POST", path).json(ping())).status())
          .as(path)
          .isBetween(400, 499);
    }
    Http.Answer upgrade =
        http.send(
            http.request("GET", notes.path())
                .header("Sec-WebSocket-Version", "13")
                .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="));
    assertThat(upgrade.status()).isBetween(400, 499);
    assertThat(notes.reached()).isEqualTo(before);
  }
}
