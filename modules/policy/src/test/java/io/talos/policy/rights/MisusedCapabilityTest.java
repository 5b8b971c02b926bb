package io.talos.policy.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.ArgumentPointer;
import io.talos.contracts.capability.Attenuation;
import io.talos.contracts.capability.CapabilityVerifier;
import io.talos.contracts.capability.Constraint;
import io.talos.contracts.capability.RevocationId;
import io.talos.contracts.capability.RootGrant;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.policy.AccessDecision;
import io.talos.contracts.policy.AccessReason;
import io.talos.contracts.policy.AccessScope;
import io.talos.contracts.policy.Permission;
import io.talos.contracts.port.AccessControl.CapabilityGrant;
import io.talos.contracts.port.AccessControl.Decision;
import io.talos.contracts.port.AccessControl.Question;
import io.talos.contracts.port.AccessControl.ToolCall;
import io.talos.contracts.principal.AuthMode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import io.talos.contracts.registry.Surface;
import io.talos.contracts.registry.Surface.CapabilityUse;
import io.talos.contracts.registry.Surface.Credential;
import io.talos.contracts.registry.Surface.Rate;
import io.talos.contracts.registry.Threat;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The aim: to make a tool do more than the shown capability says. */
@Threat("T-CAPABILITYABUSE-01")
class MisusedCapabilityTest {
  private static final String AUDIENCE = "http://127.0.0.1:9080";
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final UuidV7 ID = new UuidV7("019aa000-0000-7000-8000-000000000001");
  private static final Randomness CHANCE = Randomness.secure();
  private static final Ed25519.KeyPair AUTHORITY = Ed25519.generate(CHANCE);
  private static final Ed25519.KeyPair ALICE = Ed25519.generate(CHANCE);
  private static final Ed25519.KeyPair BOB = Ed25519.generate(CHANCE);
  private static final Ed25519.KeyPair MALLORY = Ed25519.generate(CHANCE);
  private static final RevokedIds NONE = revoked();
  private static final JsonObject TEN = Json.createObjectBuilder().add("amount", 10).build();
  private static final JsonObject ELEVEN = Json.createObjectBuilder().add("amount", 11).build();

  static final AccessDecision ACCESS =
      new AccessDecision(
          true,
          AccessReason.RBAC_PERMISSION_ALLOWED,
          Permission.parse("gateway:mcp:send"),
          AccessScope.everything(),
          List.of(),
          List.of(),
          Optional.empty(),
          Optional.empty(),
          0);
  private static final Surface MCP =
      new Surface(
          "gateway.mcp.send",
          "POST",
          "/mcp/{server}",
          Set.of(Credential.SIGNATURE),
          Optional.empty(),
          false,
          "gateway:mcp:send",
          CapabilityUse.REQUIRED,
          Optional.of("json-rpc"),
          1 << 20,
          new Rate(50, 100));

  private final UnverifiedCapability alices =
      RootGrant.of(did(ALICE), AUDIENCE, List.of(Scope.ofTool("notes")), NOW.plusSeconds(3600))
          .withDelegationDepth(1)
          .withCalls(100)
          .signedBy(AUTHORITY, ID, NOW);

  private final UnverifiedCapability bobs =
      Attenuation.of(alices, did(BOB))
          .withScope(List.of(Scope.parse("tool:notes/method:pay")))
          .withCalls(3)
          .withConstraint(
              new Constraint.Range(
                  new ArgumentPointer("/amount"), OptionalLong.empty(), OptionalLong.of(10)))
          .signedBy(ALICE, ID, NOW);

  @Test
  void bob_may_call_his_tool_and_spends_a_call_of_his_link_and_of_alices() {
    CapabilityGrant grant = grant(decide(BOB, bobs, call("pay", TEN), NONE));

    assertThat(grant.hash()).isEqualTo(bobs.hash());
    assertThat(grant.revocationIds())
        .containsExactly(
            bobs.root().hash(),
            RevocationId.ofKey(AUTHORITY.publicKey()),
            bobs.leaf().hash(),
            RevocationId.ofKey(ALICE.publicKey()));
    assertThat(grant.allowances().stream().map(l -> l.limit())).containsExactly(100L, 3L);
  }

  @Test
  void opening_and_ending_a_session_spends_no_call_and_asks_for_no_argument() {
    for (String method :
        List.of("initialize", "ping", "tools/list", "notifications/initialized", "session/end")) {
      ToolCall message =
          new ToolCall("notes", method, Optional.empty(), JsonValue.EMPTY_JSON_OBJECT);

      assertThat(grant(decide(BOB, bobs, message, NONE)).allowances()).as(method).isEmpty();
    }
  }

  @Test
  void bob_cannot_call_another_tool_nor_pay_more() {
    assertThat(code(decide(BOB, bobs, call("delete", TEN), NONE)))
        .isEqualTo(ErrorCode.CAPABILITY_SCOPE_MISMATCH);
    assertThat(code(decide(BOB, bobs, call("pay", ELEVEN), NONE)))
        .isEqualTo(ErrorCode.CAPABILITY_CONSTRAINT_VIOLATED);
    assertThat(code(decide(BOB, bobs, call("pay", JsonValue.EMPTY_JSON_OBJECT), NONE)))
        .isEqualTo(ErrorCode.CAPABILITY_CONSTRAINT_VIOLATED);
  }

  @Test
  void bob_cannot_use_a_side_door_of_the_protocol() {
    for (String method :
        List.of("resources/read", "prompts/get", "tools/Call", "tools/call ", "")) {
      ToolCall message =
          new ToolCall("notes", method, Optional.of("pay"), JsonValue.EMPTY_JSON_OBJECT);

      assertThat(code(decide(BOB, bobs, message, NONE)))
          .as(method)
          .isEqualTo(ErrorCode.CAPABILITY_SCOPE_MISMATCH);
    }
  }

  @Test
  void a_call_that_names_no_tool_is_covered_by_nothing() {
    ToolCall nameless = new ToolCall("notes", "tools/call", Optional.empty(), TEN);

    assertThat(code(decide(ALICE, alices, nameless, NONE)))
        .isEqualTo(ErrorCode.CAPABILITY_SCOPE_MISMATCH);
  }

  @Test
  void mallory_cannot_show_bobs_capability_nor_can_a_bearer_that_only_says_to_be_bob() {
    assertThat(code(decide(MALLORY, bobs, call("pay", TEN), NONE)))
        .isEqualTo(ErrorCode.CAPABILITY_SUBJECT_MISMATCH);
  }

  @Test
  void revoking_alices_link_takes_bobs_along_and_a_foreign_link_takes_nothing() {
    RevokedIds alicesLink = revoked(bobs.root().hash());
    RevokedIds foreign = revoked(Bytes.of(new byte[32]));

    assertThat(code(decide(BOB, bobs, call("pay", TEN), alicesLink)))
        .isEqualTo(ErrorCode.CAPABILITY_REVOKED);
    assertThat(code(decide(ALICE, alices, call("pay", TEN), alicesLink)))
        .isEqualTo(ErrorCode.CAPABILITY_REVOKED);
    assertThat(grant(decide(BOB, bobs, call("pay", TEN), foreign)).hash()).isEqualTo(bobs.hash());
  }

  @Test
  void revoking_bobs_link_leaves_alice_hers() {
    RevokedIds bobsLink = revoked(bobs.leaf().hash());

    assertThat(code(decide(BOB, bobs, call("pay", TEN), bobsLink)))
        .isEqualTo(ErrorCode.CAPABILITY_REVOKED);
    assertThat(grant(decide(ALICE, alices, call("pay", TEN), bobsLink)).hash())
        .isEqualTo(alices.hash());
  }

  @Test
  void no_capability_and_an_unreadable_one_are_told_apart() {
    assertThat(code(check(NONE).decide(ACCESS, question(BOB, Optional.empty(), call("pay", TEN)))))
        .isEqualTo(ErrorCode.CAPABILITY_MISSING);
    assertThat(
            code(check(NONE).decide(ACCESS, question(BOB, Optional.of("%%%"), call("pay", TEN)))))
        .isEqualTo(ErrorCode.CAPABILITY_INVALID);
  }

  @Test
  void a_surface_that_needs_a_capability_but_forwards_nothing_stays_shut() {
    Question question =
        new Question(
            principal(BOB),
            MCP,
            Map.of("server", "notes"),
            "192.0.2.7",
            Optional.of(bobs.header()),
            Optional.empty(),
            NOW);

    assertThat(code(check(NONE).decide(ACCESS, question)))
        .isEqualTo(ErrorCode.CAPABILITY_SCOPE_MISMATCH);
  }

  @Test
  void a_capability_of_yesterday_is_none_today() {
    Question late =
        new Question(
            principal(BOB),
            MCP,
            Map.of("server", "notes"),
            "192.0.2.7",
            Optional.of(bobs.header()),
            Optional.of(call("pay", TEN)),
            NOW.plus(Duration.ofHours(1)));

    assertThat(code(check(NONE).decide(ACCESS, late))).isEqualTo(ErrorCode.CAPABILITY_EXPIRED);
  }

  private static RevokedIds revoked(Bytes... ids) {
    RevokedIds revoked = new RevokedIds(TestRevocations.of(ids), CHANCE);
    revoked.catchUp(Long.MAX_VALUE);
    return revoked;
  }

  private static CapabilityCheck check(RevokedIds revoked) {
    return new CapabilityCheck(
        new CapabilityVerifier(Set.of(did(AUTHORITY)), AUDIENCE),
        revoked,
        new VerifiedTokens(CHANCE));
  }

  private static Decision decide(
      Ed25519.KeyPair caller, UnverifiedCapability shown, ToolCall call, RevokedIds revoked) {
    return check(revoked).decide(ACCESS, question(caller, Optional.of(shown.header()), call));
  }

  private static Question question(Ed25519.KeyPair caller, Optional<String> header, ToolCall call) {
    return new Question(
        principal(caller),
        MCP,
        Map.of("server", "notes"),
        "192.0.2.7",
        header,
        Optional.of(call),
        NOW);
  }

  private static Principal principal(Ed25519.KeyPair caller) {
    return new Principal(PrincipalKind.AGENT, did(caller).text(), Set.of("agent"), AuthMode.SIGNED);
  }

  private static ToolCall call(String tool, JsonObject arguments) {
    return new ToolCall("notes", "tools/call", Optional.of(tool), arguments);
  }

  private static Did did(Ed25519.KeyPair actor) {
    return Did.ofKey(actor.publicKey());
  }

  private static CapabilityGrant grant(Decision decision) {
    return decision.match(
        allowed -> allowed.capability().orElseThrow(),
        denied -> {
          throw new AssertionError(denied.code() + " " + denied.why());
        });
  }

  private static ErrorCode code(Decision decision) {
    return decision.match(
        allowed -> {
          throw new AssertionError("allowed");
        },
        denied -> denied.code());
  }
}
