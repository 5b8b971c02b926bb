package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.registry.Threat;
import io.talos.launcher.OperatorIssuer;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Mallory's team lets her go; she goes on with what she has, and asks to be somebody else. */
@OnTheStack
@Threat("T-IMPERSONATION-01")
class DirectoryIT {
  private final Stack stack;
  private final Http http;

  DirectoryIT(Stack stack) {
    this.stack = stack;
    this.http = stack.http();
  }

  @Test
  void an_agent_of_a_team_is_turned_away_from_the_moment_it_is_suspended() {
    Identity mallory = Agents.registered(stack);
    String org = org();
    String team = team(org);
    JsonObject member =
        created(
            "/identity/principals",
            """
            {"principal_id": "mallory %s", "type": "agent", "auth_mode": "signed",
             "team_id": "%s", "did": "%s", "display_name": "Mallory"}
            """
                .formatted(UUID.randomUUID(), team, mallory.did()));
    assertThat(member.getString("org_id")).isEqualTo(org);
    JsonObject self = whoami(mallory).json();
    assertThat(self.getString("team")).isEqualTo(team);
    assertThat(self.getString("org")).isEqualTo(org);

    change(member, "suspended", team);
    Http.Answer refused = whoami(mallory);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.code()).isEqualTo(ErrorCode.PRINCIPAL_SUSPENDED.name());

    change(member, "active", team);
    assertThat(whoami(mallory).status()).isEqualTo(200);
    change(member, "revoked", team);
    assertThat(whoami(mallory).code()).isEqualTo(ErrorCode.AUTH_REVOKED.name());
    assertThat(put(member, "active", team).code()).isEqualTo(ErrorCode.TALOS_INVALID_INPUT.name());
    assertThat(whoami(mallory).code()).isEqualTo(ErrorCode.AUTH_REVOKED.name());
    assertThat(new Trail(stack).events("kind = 'principal.changed'"))
        .filteredOn(
            event -> event.getJsonObject("resource").getString("id").equals(member.getString("id")))
        .extracting(event -> event.getJsonObject("meta").getString("status"))
        .containsExactly("suspended", "active", "revoked");
  }

  @Test
  @Threat("T-METADATA-01")
  void a_suspended_operator_is_turned_away_and_its_name_stays_out_of_the_log() {
    String subject = "olga-" + UUID.randomUUID() + "@example.org";
    OperatorIssuer issuer = stack.launcher().issuer();
    String token =
        issuer.sign(
            issuer
                .claims(subject, Set.of(OperatorIssuer.OPERATOR_GROUP), Duration.ofHours(1))
                .build());
    String team = team(org());
    JsonObject olga =
        created(
            "/identity/principals",
            """
            {"principal_id": "%s", "type": "user", "auth_mode": "bearer", "team_id": "%s"}
            """
                .formatted(subject, team));
    Trail trail = new Trail(stack);
    assertThat(bearer(token).status()).isEqualTo(200);

    change(olga, "suspended", team);

    List<JsonObject> told = new ArrayList<>();
    Patiently.until(
        "the refusal is in the log, and not folded into another",
        () -> {
          Http.Answer refused = bearer(token);
          assertThat(refused.code()).isEqualTo(ErrorCode.PRINCIPAL_SUSPENDED.name());
          told.addAll(trail.of(Replies.request(refused)));
          return !told.isEmpty();
        });
    assertThat(told.get(0).getJsonObject("commitments")).containsKey("operator_subject");
    assertThat(told.get(0).getJsonObject("meta")).doesNotContainKey("unverified_key_id");
    assertThat(trail.events("event like '%" + subject + "%'")).isEmpty();
  }

  @Test
  void a_service_account_acts_by_its_key_whose_use_is_seen_and_which_falls_with_it() {
    String team = team(org());
    JsonObject robot =
        created(
            "/identity/principals",
            """
            {"principal_id": "robot %s", "type": "service_account", "auth_mode": "bearer",
             "team_id": "%s"}
            """
                .formatted(UUID.randomUUID(), team));
    JsonObject key =
        created(
            "/identity/keys",
            "{\"name\": \"robot\", \"principal\": \"" + robot.getString("id") + "\"}");
    assertThat(key.getString("team_id")).isEqualTo(team);
    assertThat(entry(key).containsKey("last_used_at")).isFalse();

    Http.Answer self = bearer(key.getString("key"));
    assertThat(self.status()).as(self.text()).isEqualTo(200);
    assertThat(self.json().getString("team")).isEqualTo(team);

    JsonObject used = entry(key);
    assertThat(used.getString("last_used_at")).startsWith("20");
    assertThat(used.toString()).doesNotContain(key.getString("key"));
    assertThat(used.getString("pepper_id")).isEqualTo("identity/virtual-key-pepper");
    bearer(key.getString("key"));
    assertThat(entry(key).getString("last_used_at")).isEqualTo(used.getString("last_used_at"));

    change(robot, "suspended", team);
    assertThat(bearer(key.getString("key")).code()).isEqualTo(ErrorCode.PRINCIPAL_SUSPENDED.name());
    change(robot, "active", team);
    assertThat(delete("/identity/keys/" + key.getString("id")).status()).isEqualTo(204);
    assertThat(bearer(key.getString("key")).code()).isEqualTo(ErrorCode.AUTH_REVOKED.name());
  }

  @Test
  void what_breaks_the_entity_rules_is_refused_and_nothing_is_kept() {
    String team = team(org());
    Identity alice = Agents.registered(stack);
    long before = stack.count("select count(*) from identity.principal");

    for (String members :
        new String[] {
          "\"type\": \"agent\", \"auth_mode\": \"signed\"",
          "\"type\": \"agent\", \"auth_mode\": \"bearer\", \"did\": \"" + alice.did() + "\"",
          "\"type\": \"user\", \"auth_mode\": \"bearer\", \"did\": \"" + alice.did() + "\"",
          "\"type\": \"user\", \"auth_mode\": \"bearer\", \"did\": null",
          "\"type\": \"user\", \"auth_mode\": \"Bearer\"",
          "\"type\": \"user\", \"auth_mode\": \"anonymous\"",
          "\"type\": \"service_account\", \"auth_mode\": \"bearer\", \"leak\": 1"
        }) {
      Http.Answer answer =
          post(
              "/identity/principals",
              "{\"principal_id\": \"x\", \"team_id\": \"" + team + "\", " + members + "}");
      assertThat(answer.status()).as(members).isEqualTo(400);
    }
    assertThat(stack.count("select count(*) from identity.principal")).isEqualTo(before);
  }

  @Test
  void an_agent_cannot_make_itself_a_team_nor_read_who_is_in_one() {
    Identity mallory = Agents.registered(stack);

    for (String path : new String[] {"/identity/orgs", "/identity/teams", "/identity/principals"}) {
      Http.Answer read =
          http.send(
              http.request("GET", path)
                  .signed(stack.baseUri(), mallory.signing(), Optional.empty()));
      assertThat(read.code()).isEqualTo(ErrorCode.AUTH_METHOD_NOT_ALLOWED.name());
    }
    Http.Answer write =
        http.send(
            http.request("POST", "/identity/orgs")
                .json("{\"name\": \"M\", \"domain\": \"mallory.example\"}")
                .signed(stack.baseUri(), mallory.signing(), Optional.empty()));
    assertThat(write.code()).isEqualTo(ErrorCode.AUTH_METHOD_NOT_ALLOWED.name());
    assertThat(stack.count("select count(*) from identity.org where domain = 'mallory.example'"))
        .isZero();
  }

  @Test
  void listings_show_what_was_made_and_ids_that_are_not_there_are_told_by_their_codes() {
    String org = org();
    String team = team(org);
    String nobody = "01945533-3158-7c85-992d-9865f1715698";

    JsonObject page = get("/identity/teams?org=" + org).json();
    assertThat(page.getJsonArray("items")).hasSize(1);
    assertThat(page.getJsonArray("items").getJsonObject(0).getString("id")).isEqualTo(team);
    assertThat(get("/identity/teams?org=" + org + "&after=" + team).json().getJsonArray("items"))
        .isEmpty();
    assertThat(get("/identity/orgs/" + org).json().getString("schema_id")).isEqualTo("talos.org");
    assertThat(get("/identity/orgs/" + nobody).code()).isEqualTo(ErrorCode.ORG_NOT_FOUND.name());
    assertThat(get("/identity/teams/" + nobody).code()).isEqualTo(ErrorCode.TEAM_NOT_FOUND.name());
    assertThat(get("/identity/principals/" + nobody).code())
        .isEqualTo(ErrorCode.PRINCIPAL_NOT_FOUND.name());
    assertThat(get("/identity/orgs?after=x").status()).isEqualTo(400);
    assertThat(post("/identity/orgs", "{\"name\": \"X\", \"domain\": \"com\"}").code())
        .isEqualTo(ErrorCode.TALOS_INVALID_INPUT.name());
  }

  private String org() {
    String domain = "o" + UUID.randomUUID().toString().substring(0, 8) + ".example";
    return created("/identity/orgs", "{\"name\": \"Acme\", \"domain\": \"" + domain + "\"}")
        .getString("id");
  }

  private String team(String org) {
    return created("/identity/teams", "{\"name\": \"builders\", \"org_id\": \"" + org + "\"}")
        .getString("id");
  }

  private void change(JsonObject member, String status, String team) {
    Http.Answer answer = put(member, status, team);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    assertThat(answer.json().getString("status")).isEqualTo(status);
  }

  private Http.Answer put(JsonObject member, String status, String team) {
    return http.send(
        http.request("PUT", "/identity/principals/" + member.getString("id"))
            .bearer(stack.operatorToken())
            .json("{\"status\": \"" + status + "\", \"team_id\": \"" + team + "\"}"));
  }

  private JsonObject entry(JsonObject key) {
    // The page before this key's id ends just before it: an id is a time, and so are its
    // neighbours.
    String id = key.getString("id");
    String after = id.substring(0, 24) + "000000000000";
    return get("/identity/keys?after=" + after).json().getJsonArray("items").stream()
        .map(JsonValue::asJsonObject)
        .filter(entry -> entry.getString("id").equals(id))
        .findFirst()
        .orElseThrow();
  }

  private Http.Answer whoami(Identity who) {
    return http.send(
        http.request("GET", "/identity/whoami")
            .signed(stack.baseUri(), who.signing(), Optional.empty()));
  }

  private Http.Answer bearer(String key) {
    return http.send(http.request("GET", "/identity/whoami").bearer(key));
  }

  private Http.Answer get(String path) {
    return http.send(http.request("GET", path).bearer(stack.operatorToken()));
  }

  private Http.Answer delete(String path) {
    return http.send(http.request("DELETE", path).bearer(stack.operatorToken()));
  }

  private Http.Answer post(String path, String body) {
    return http.send(http.request("POST", path).bearer(stack.operatorToken()).json(body));
  }

  private JsonObject created(String path, String body) {
    Http.Answer answer = post(path, body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }
}
