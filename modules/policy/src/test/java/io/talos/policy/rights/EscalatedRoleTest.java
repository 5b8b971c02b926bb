package io.talos.policy.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.json.Json;
import io.talos.contracts.policy.AccessDecision;
import io.talos.contracts.policy.AccessReason;
import io.talos.contracts.policy.BuiltInPolicy;
import io.talos.contracts.policy.PolicyDocument;
import io.talos.contracts.port.AccessControl.Question;
import io.talos.contracts.port.AccessControl.ToolCall;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.contracts.registry.Surface;
import io.talos.contracts.registry.Surface.Credential;
import io.talos.contracts.registry.SurfaceRegistry;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The aim: to be allowed over HTTP what the policy in force does not permit. */
@Threat("T-CAPABILITYABUSE-01")
class EscalatedRoleTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final List<Surface> SURFACES = SurfaceRegistry.load().all();
  private static final String MALLORY = "did:key:mallory";

  private static ActivePolicy policy(JsonObject... bindings) {
    var list = Json.createArrayBuilder();
    for (JsonObject binding : bindings) {
      list.add(binding);
    }
    return ActivePolicy.of(
        7, BuiltInPolicy.load(), PolicyDocument.empty().with("bindings", list.build()), SURFACES);
  }

  private static JsonObject deny(String type, String name, String value) {
    return Json.createObjectBuilder()
        .add("binding_id", "deny-" + value)
        .add(
            "subject",
            Json.createObjectBuilder().add("type", "principal").add("id", MALLORY).build())
        .add("role_id", "agent")
        .add("effect", "deny")
        .add(
            "scope",
            Json.createObjectBuilder()
                .add("scope_type", type)
                .add("attributes", Json.createObjectBuilder().add(name, value)))
        .build();
  }

  private static Surface surface(String id) {
    return SURFACES.stream().filter(s -> s.id().equals(id)).findFirst().orElseThrow();
  }

  private static Question question(
      String id, String surface, Map<String, String> path, Optional<ToolCall> call) {
    Principal caller = new Principal(PrincipalKind.AGENT, id, Set.of("agent"), AuthMode.SIGNED);
    return new Question(caller, surface(surface), path, "192.0.2.7", Optional.empty(), call, NOW);
  }

  private static Optional<ToolCall> call(String tool) {
    return Optional.of(
        new ToolCall("notes", "tools/call", Optional.of(tool), JsonValue.EMPTY_JSON_OBJECT));
  }

  @Test
  void an_agent_is_let_in_by_the_built_in_role_and_the_decision_says_so() {
    AccessDecision decision =
        policy()
            .decide(question(MALLORY, "a2a.sessions.read", Map.of("id", "s1"), Optional.empty()));

    assertThat(decision.allowed()).isTrue();
    assertThat(decision.reason()).isEqualTo(AccessReason.RBAC_PERMISSION_ALLOWED);
    assertThat(decision.effectiveRole()).contains("agent");
    assertThat(decision.effectiveBinding()).contains("builtin:agent");
    assertThat(decision.policyVersion()).isEqualTo(7);
    assertThat(decision.scope().attributes()).containsEntry("session_id", "s1");
  }

  @Test
  void what_operators_may_do_an_agent_may_not() {
    AccessDecision decision =
        policy().decide(question(MALLORY, "policy.capabilities.grant", Map.of(), Optional.empty()));

    assertThat(decision.allowed()).isFalse();
    assertThat(decision.reason()).isEqualTo(AccessReason.RBAC_PERMISSION_DENIED);
  }

  @Test
  void a_session_that_is_forbidden_to_mallory_is_forbidden_and_no_other_one() {
    ActivePolicy policy = policy(deny("session", "session_id", "s1"));

    AccessDecision there =
        policy.decide(question(MALLORY, "a2a.sessions.read", Map.of("id", "s1"), Optional.empty()));
    AccessDecision elsewhere =
        policy.decide(question(MALLORY, "a2a.sessions.read", Map.of("id", "s2"), Optional.empty()));

    assertThat(there.reason()).isEqualTo(AccessReason.RBAC_EXPLICITLY_DENIED);
    assertThat(there.effectiveBinding()).contains("deny-s1");
    assertThat(elsewhere.allowed()).isTrue();
  }

  @Test
  void a_tool_that_is_forbidden_to_mallory_is_told_by_the_message_and_not_by_the_path() {
    ActivePolicy policy = policy(deny("tool", "tool", "erase"));
    Map<String, String> path = Map.of("server", "notes");

    assertThat(policy.decide(question(MALLORY, "gateway.mcp.send", path, call("erase"))).allowed())
        .isFalse();
    assertThat(policy.decide(question(MALLORY, "gateway.mcp.send", path, call("read"))).allowed())
        .isTrue();
    assertThat(
            policy
                .decide(question("did:key:alice", "gateway.mcp.send", path, call("erase")))
                .allowed())
        .isTrue();
  }

  @TestFactory
  Stream<DynamicTest> every_surface_is_open_to_the_role_of_each_credential_that_it_takes() {
    ActivePolicy policy = policy();
    return SURFACES.stream()
        .filter(s -> s.anonymous().isEmpty())
        .map(s -> DynamicTest.dynamicTest(s.id(), () -> open(policy, s)));
  }

  private static void open(ActivePolicy policy, Surface surface) {
    for (Credential credential : surface.credentials()) {
      String group =
          switch (credential) {
            case SIGNATURE, ATTESTATION -> "agent";
            case VIRTUAL_KEY -> "client";
            case JWT -> "operator";
          };
      Principal caller =
          new Principal(PrincipalKind.AGENT, "somebody", Set.of(group), AuthMode.SIGNED);
      Question question =
          new Question(
              caller, surface, Map.of(), "192.0.2.7", Optional.empty(), Optional.empty(), NOW);
      assertThat(policy.decide(question).allowed())
          .as("%s by %s", surface.permission(), credential)
          .isTrue();
    }
  }
}
