package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Other gateways ask Talos; Mallory asks about others, and learns nothing. */
@OnTheStack
@Threat("T-CAPABILITYABUSE-01")
class AccessEvaluationIT {
  private final Stack stack;
  private final Http http;

  AccessEvaluationIT(Stack stack) {
    this.stack = stack;
    this.http = stack.http();
  }

  private static String question(String did, String permission, String type, String id) {
    return ("{\"subject\":{\"type\":\"agent\",\"id\":\"%s\"},\"action\":{\"name\":\"%s\"},"
            + "\"resource\":{\"type\":\"%s\",\"id\":\"%s\"}}")
        .formatted(did, permission, type, id);
  }

  private JsonObject operator(String path, String body) {
    Http.Answer answer =
        http.send(http.request("POST", path).bearer(stack.operatorToken()).json(body));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private JsonObject agent(Identity asker, String body) {
    Http.Answer answer =
        http.send(
            http.request("POST", "/access/v1/evaluation")
                .json(body)
                .signed(stack.baseUri(), asker.signing(), Optional.empty()));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void an_operator_asks_about_an_agent_and_hears_what_the_gateway_would_do() {
    Identity alice = Agents.registered(stack);

    JsonObject yes =
        operator(
            "/access/v1/evaluation", question(alice.did(), "a2a:session:read", "session", "s1"));
    JsonObject no =
        operator(
            "/access/v1/evaluation",
            question(alice.did(), "policy:capability:grant", "session", "s1"));

    assertThat(yes.getBoolean("decision")).isTrue();
    assertThat(yes.getJsonObject("context").getString("reason_code"))
        .isEqualTo("RBAC_PERMISSION_ALLOWED");
    assertThat(yes.getJsonObject("context").getString("effective_binding_id"))
        .isEqualTo("builtin:agent");
    assertThat(no.getBoolean("decision")).isFalse();
    assertThat(no.getJsonObject("context").getString("reason_code"))
        .isEqualTo("RBAC_PERMISSION_DENIED");
  }

  @Test
  void an_agent_asks_about_itself_and_about_nobody_else() {
    Identity alice = Agents.registered(stack);
    Identity mallory = Agents.registered(stack);

    assertThat(
            agent(mallory, question(mallory.did(), "a2a:session:read", "session", "s1"))
                .getBoolean("decision"))
        .isTrue();
    JsonObject about = agent(mallory, question(alice.did(), "a2a:session:read", "session", "s1"));
    JsonObject nobody =
        agent(mallory, question("did:key:nobody", "a2a:session:read", "session", "s1"));

    assertThat(about.getBoolean("decision")).isFalse();
    assertThat(about).isEqualTo(nobody);
  }

  @Test
  void a_stranger_and_a_revoked_agent_may_do_nothing() {
    Identity gone = Agents.registered(stack);
    Http.Answer revoked =
        http.send(
            http.request("DELETE", "/identity/agents/" + gone.did()).bearer(stack.operatorToken()));
    assertThat(revoked.status()).as(revoked.text()).isBetween(200, 204);

    for (String did : List.of(gone.did(), "did:key:nobody")) {
      JsonObject answer =
          operator("/access/v1/evaluation", question(did, "a2a:session:read", "session", "s1"));
      assertThat(answer.getBoolean("decision")).isFalse();
      assertThat(answer.getJsonObject("context").getString("reason_code"))
          .isEqualTo("SUBJECT_NOT_ACTIVE");
    }
  }

  private List<Boolean> several(String semantic, String... names) {
    Identity alice = Agents.registered(stack);
    StringBuilder questions = new StringBuilder();
    for (String name : names) {
      questions
          .append(questions.isEmpty() ? "" : ",")
          .append("{\"action\":{\"name\":\"")
          .append(name)
          .append("\"}}");
    }
    JsonObject answer =
        operator(
            "/access/v1/evaluations",
            "{\"subject\":{\"type\":\"agent\",\"id\":\""
                + alice.did()
                + "\"},\"resource\":{\"type\":\"session\",\"id\":\"s1\"},\"evaluations\":["
                + questions
                + "],\"options\":{\"evaluations_semantic\":\""
                + semantic
                + "\"}}");
    return answer.getJsonArray("evaluations").stream()
        .map(JsonValue::asJsonObject)
        .map(decision -> decision.getBoolean("decision"))
        .toList();
  }

  @Test
  void several_questions_are_answered_in_order_as_far_as_the_asker_wants() {
    String yes = "a2a:session:read";
    String no = "secrets:secret:put";

    assertThat(several("execute_all", yes, no, yes)).containsExactly(true, false, true);
    assertThat(several("deny_on_first_deny", yes, no, yes)).containsExactly(true, false);
    assertThat(several("permit_on_first_permit", no, yes, no)).containsExactly(false, true);
  }

  @Test
  void a_question_that_is_not_whole_is_no_yes() {
    Http.Answer answer =
        http.send(
            http.request("POST", "/access/v1/evaluation")
                .bearer(stack.operatorToken())
                .json("{\"subject\":{\"type\":\"agent\",\"id\":\"x\"}}"));
    JsonObject whole = operator("/access/v1/evaluations", "{\"evaluations\":[{}]}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(whole.getJsonArray("evaluations").getJsonObject(0).getBoolean("decision")).isFalse();
  }

  @Test
  void the_configuration_says_where_to_ask() {
    JsonObject configuration = http.get("/.well-known/authzen-configuration").json();

    assertThat(configuration.getString("policy_decision_point"))
        .isEqualTo(stack.baseUri().toString());
    assertThat(configuration.getString("access_evaluation_endpoint"))
        .isEqualTo(stack.baseUri() + "/access/v1/evaluation");
  }
}
