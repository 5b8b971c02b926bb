package io.talos.policy.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.capability.ArgumentPointer;
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
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.json.Json;
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
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The aim: to get by a remembered capability what a fresh look at it would refuse. */
@Threat("T-CAPABILITYABUSE-01")
class PoisonedCacheTest {
  private static final String AUDIENCE = "http://127.0.0.1:9080";
  private static final String ADDRESS = "127.0.0.1";
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Instant END = NOW.plusSeconds(3600);
  private static final Randomness CHANCE = Randomness.secure();
  private static final UuidV7Generator IDS = new UuidV7Generator(CHANCE);
  private static final Ed25519.KeyPair AUTHORITY = Ed25519.generate(CHANCE);
  private static final Ed25519.KeyPair ALICE = Ed25519.generate(CHANCE);
  private static final Ed25519.KeyPair MALLORY = Ed25519.generate(CHANCE);
  private static final JsonObject TEN = Json.createObjectBuilder().add("amount", 10).build();
  private static final JsonObject ELEVEN = Json.createObjectBuilder().add("amount", 11).build();
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

  private final TestRevocations truth = new TestRevocations();
  private final RevokedIds revoked = new RevokedIds(truth, CHANCE);
  private final VerifiedTokens tokens = new VerifiedTokens(CHANCE);
  private final CapabilityCheck check =
      new CapabilityCheck(
          new CapabilityVerifier(Set.of(Did.ofKey(AUTHORITY.publicKey())), AUDIENCE),
          revoked,
          tokens);
  private final UnverifiedCapability alices = granted(ALICE);

  private static UnverifiedCapability granted(Ed25519.KeyPair subject) {
    return RootGrant.of(
            Did.ofKey(subject.publicKey()),
            AUDIENCE,
            List.of(Scope.parse("tool:notes/method:pay")),
            END)
        .withConstraints(
            List.of(
                new Constraint.Range(
                    new ArgumentPointer("/amount"), OptionalLong.empty(), OptionalLong.of(10))))
        .signedBy(AUTHORITY, IDS.next(NOW), NOW);
  }

  private Decision decide(
      Ed25519.KeyPair caller, String header, String tool, JsonObject arguments, Instant now) {
    return check.decide(
        MisusedCapabilityTest.ACCESS,
        new Question(
            new Principal(
                PrincipalKind.AGENT,
                Did.ofKey(caller.publicKey()).text(),
                Set.of("agent"),
                AuthMode.SIGNED),
            MCP,
            Map.of("server", "notes"),
            ADDRESS,
            Optional.of(header),
            Optional.of(new ToolCall("notes", "tools/call", Optional.of(tool), arguments)),
            now));
  }

  private static Optional<ErrorCode> refusal(Decision decision) {
    return decision.match(allowed -> Optional.empty(), denied -> Optional.of(denied.code()));
  }

  @Test
  void a_remembered_capability_is_refused_for_everything_that_a_fresh_one_is_refused_for() {
    String header = alices.header();
    for (int i = 0; i < 3; i++) {
      assertThat(refusal(decide(ALICE, header, "pay", TEN, NOW))).isEmpty();
    }
    assertThat(tokens.size()).isEqualTo(1);

    assertThat(refusal(decide(ALICE, header, "delete", TEN, NOW)))
        .contains(ErrorCode.CAPABILITY_SCOPE_MISMATCH);
    assertThat(refusal(decide(ALICE, header, "pay", ELEVEN, NOW)))
        .contains(ErrorCode.CAPABILITY_CONSTRAINT_VIOLATED);
    assertThat(refusal(decide(ALICE, header, "pay", TEN, END)))
        .contains(ErrorCode.CAPABILITY_EXPIRED);
    assertThat(refusal(decide(MALLORY, header, "pay", TEN, NOW)))
        .contains(ErrorCode.CAPABILITY_SUBJECT_MISMATCH);
    assertThat(refusal(decide(ALICE, header, "pay", TEN, END.minusMillis(1)))).isEmpty();
  }

  @Test
  void a_remembered_capability_ends_with_its_link_and_with_the_key_that_signed_it() {
    UnverifiedCapability second = granted(ALICE);
    assertThat(refusal(decide(ALICE, alices.header(), "pay", TEN, NOW))).isEmpty();
    assertThat(refusal(decide(ALICE, second.header(), "pay", TEN, NOW))).isEmpty();

    revoke(alices.root().hash());
    assertThat(refusal(decide(ALICE, alices.header(), "pay", TEN, NOW)))
        .contains(ErrorCode.CAPABILITY_REVOKED);
    assertThat(refusal(decide(ALICE, second.header(), "pay", TEN, NOW))).isEmpty();

    revoke(RevocationId.ofKey(AUTHORITY.publicKey()));
    assertThat(refusal(decide(ALICE, second.header(), "pay", TEN, NOW)))
        .contains(ErrorCode.CAPABILITY_REVOKED);
  }

  private void revoke(Bytes id) {
    truth.add(id);
    revoked.catchUp(Long.MAX_VALUE);
  }

  @Test
  void a_text_that_differs_in_one_character_is_another_capability() {
    String header = alices.header();
    assertThat(refusal(decide(ALICE, header, "pay", TEN, NOW))).isEmpty();

    for (int i = 0; i < header.length(); i += 7) {
      char other = header.charAt(i) == 'A' ? 'B' : 'A';
      String forged = header.substring(0, i) + other + header.substring(i + 1);
      assertThat(refusal(decide(ALICE, forged, "pay", TEN, NOW))).as("at " + i).isPresent();
    }
    assertThat(tokens.size()).isEqualTo(1);
  }

  @Test
  void what_was_refused_is_not_remembered() {
    assertThat(refusal(decide(MALLORY, alices.header(), "pay", TEN, NOW))).isPresent();
    assertThat(refusal(decide(ALICE, alices.header(), "pay", TEN, END))).isPresent();
    assertThat(refusal(decide(ALICE, "AAAA", "pay", TEN, NOW))).isPresent();

    assertThat(tokens.size()).isZero();
  }

  @Test
  void mallory_fills_only_her_own_row_however_many_capabilities_she_mints() {
    assertThat(refusal(decide(ALICE, alices.header(), "pay", TEN, NOW))).isEmpty();

    for (int i = 0; i < 4 * Limits.TOKENS_OF_ROW; i++) {
      assertThat(refusal(decide(MALLORY, granted(MALLORY).header(), "pay", TEN, NOW))).isEmpty();
    }

    assertThat(tokens.size()).isLessThanOrEqualTo(1 + Limits.TOKENS_OF_ROW);
  }

  @Test
  void what_has_expired_is_forgotten_by_the_next_sweep() {
    assertThat(refusal(decide(ALICE, alices.header(), "pay", TEN, NOW))).isEmpty();

    tokens.sweep(END.minusMillis(1));
    assertThat(tokens.size()).isEqualTo(1);
    tokens.sweep(END);
    assertThat(tokens.size()).isZero();
  }
}
