package io.talos.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.Opening;
import io.talos.contracts.capability.RootGrant;
import io.talos.contracts.capability.Scope;
import io.talos.contracts.capability.SourceNetwork;
import io.talos.contracts.capability.Terms;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import io.talos.contracts.registry.MetaAllowList;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a module truly says must not get lost as if it were smuggled in. */
class LostMetaTest {
  private static final Instant NOW = Instant.parse("2026-11-30T08:00:00Z");
  private static final UuidV7 ID = new UuidV7("019aa000-0000-7000-8000-000000000001");
  private static final Bytes HASH = Sha256.of(Bytes.utf8("x"));
  private static final String DIGEST = HASH.hex();
  private static final Ed25519.KeyPair ALICE = key(1);
  private static final Ed25519.KeyPair BOB = key(2);
  private static final String ALICES = Did.ofKey(ALICE.publicKey()).text();
  private static final String BOBS = Did.ofKey(BOB.publicKey()).text();

  /** Events whose facts the gateway makes; its own tests hold them to the list. */
  private static final Set<Class<?>> OF_THE_GATEWAY =
      Set.of(RequestAdmitted.class, RequestFinished.class, RequestRefused.class);

  private final MetaAllowList allowed = MetaAllowList.load();

  private static Ed25519.KeyPair key(int seed) {
    byte[] bytes = new byte[Ed25519.SEED_SIZE];
    bytes[0] = (byte) seed;
    return Ed25519.fromSeed(SecretBytes.of(bytes));
  }

  private static JsonObject parked() {
    return Json.createObjectBuilder()
        .add("ratchet_state_digest", DIGEST)
        .add("ratchet_state_counter", 7)
        .build();
  }

  /** As many scopes as there may be, each as long as may be, and every limit. */
  private static Terms widest() {
    List<Scope> scopes =
        IntStream.range(0, 16)
            .mapToObj(
                i ->
                    Scope.parse(
                        "tool:t" + i + "/resource:" + ("a".repeat(100) + "/").repeat(4) + "**"))
            .toList();
    List<SourceNetwork> networks =
        IntStream.range(0, 16)
            .mapToObj(
                i ->
                    SourceNetwork.parse("2001:db8:1111:2222:3333:4444:5555:" + (1000 + i) + "/128"))
            .toList();
    return RootGrant.of(
            Did.ofKey(BOB.publicKey()), "https://talos.example", scopes, NOW.plusSeconds(60))
        .withCalls(10)
        .withSpendMicroUsd(1_000_000)
        .withDelegationDepth(3)
        .withSources(networks)
        .signedBy(ALICE, ID, NOW)
        .leaf()
        .terms();
  }

  static Stream<Audited> everything() {
    return Stream.of(
        new AgentKeyHistoryBegun(ALICES, Optional.of(HASH)),
        new AgentKeyRotated(
            ALICES, ALICE.publicKey(), BOB.publicKey(), 2, AgentKeyRotated.Cause.ROTATED, DIGEST),
        new AgentKeyRotated(
            ALICES, ALICE.publicKey(), BOB.publicKey(), 2, AgentKeyRotated.Cause.RECOVERED, DIGEST),
        new AgentRegistered(ALICES, HASH, Optional.of("Alice"), Optional.of(HASH)),
        new AgentRevoked(ALICES, ALICE.publicKey(), AgentRevoked.By.RECOVERY_KEY),
        new CapabilityGranted(HASH, HASH, widest()),
        new CapabilityLinkRevoked(HASH, "no-longer-needed", 9),
        new CheckpointContradicted("talos.example/audit/log", 12, HASH, HASH),
        new FrameAccepted(ID, ALICES, BOBS, 0, 1, 2, DIGEST),
        new GroupClosed(ID, ALICES, DIGEST),
        new GroupCommitted(ID, ALICES, 1, 2, true, 3, DIGEST, 4, 5, DIGEST),
        new GroupCreated(ID, ALICES, DIGEST),
        new GroupHandedOver(ID, ALICES, BOBS, DIGEST),
        new GroupLeaveProposed(ID, ALICES, 1, 2, 3, DIGEST, DIGEST),
        new GroupMemberAdded(ID, ALICES, BOBS, 1),
        new GroupMemberInvited(ID, ALICES, BOBS, NOW, DIGEST),
        new GroupMemberRemoved(ID, ALICES, BOBS, 1),
        new GroupMessageAccepted(ID, ALICES, 1, 2, 3, DIGEST),
        new KeyPackageClaimed(ALICES, DIGEST, true, 0),
        new KeyPackagesPublished(ALICES, 1, false, 2),
        new McpServerRegistered("notes", "[2001:db8::1]", true, 1_000_000_000_000L),
        new OrgCreated(ID, "example.org"),
        new PolicyDraftDiscarded(ID),
        new PolicyDrafted(ID, HASH),
        new PolicyPublished(3, HASH, Optional.of(1L), Optional.of(ALICES)),
        new PrekeyClaimed(ALICES, "-s_1", Optional.of("o-1"), Optional.of("k-1"), 0, 0),
        new PrekeysPublished(ALICES, "s".repeat(64), NOW, 100, 100),
        new PrincipalChanged(ID, "suspended", ID),
        new PrincipalCreated(ID, "service_account", "robot", ID, Optional.of(ALICES)),
        new SecretRemoved("notes", 2),
        new SecretStored("notes", 1, "dev-1"),
        new SessionAccepted(ID, ALICES, DIGEST, parked()),
        new SessionClosed(ID, ALICES, DIGEST),
        new SessionOpened(ID, ALICES, BOBS, "talos-pqxdh-2", NOW, DIGEST),
        new SessionRotated(ID, ALICES, DIGEST, parked()),
        new TeamCreated(ID, ID),
        new VirtualKeyIssued(ID, "robot", NOW, Optional.of(ID), Optional.of(ID)),
        new VirtualKeyRevoked(ID));
  }

  @ParameterizedTest
  @MethodSource("everything")
  void what_an_event_says_enters_the_log_whole(Audited event) {
    AuditFacts facts = event.facts();

    assertThat(allowed.admit(facts.kind(), "", facts.meta())).isSameAs(facts.meta());
    facts
        .personal()
        .values()
        .forEach(v -> assertThat(v).hasSizeLessThanOrEqualTo(Opening.VALUE_CHARACTERS_MAX));
  }

  @Test
  void no_event_of_the_contracts_is_passed_over_here() throws IOException, URISyntaxException {
    Set<Class<?>> sampled = everything().map(Audited::getClass).collect(Collectors.toSet());
    sampled.addAll(OF_THE_GATEWAY);

    assertThat(sampled).containsExactlyInAnyOrderElementsOf(audited());
  }

  private static Set<Class<?>> audited() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(Audited.class.getResource("Audited.class")).toURI())
            .resolveSibling(".");
    try (Stream<Path> files = Files.list(folder.normalize())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.startsWith("package-info"))
          .map(name -> load(name.substring(0, name.length() - ".class".length())))
          .filter(type -> Audited.class.isAssignableFrom(type) && type.isRecord())
          .collect(Collectors.toSet());
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(Audited.class.getPackageName() + "." + name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void where_a_capability_may_be_used_from_can_be_erased() {
    AuditFacts facts = new CapabilityGranted(HASH, HASH, widest()).facts();

    assertThat(facts.meta().toString()).doesNotContain("2001:db8");
    assertThat(facts.meta().getInt("networks")).isEqualTo(16);
    assertThat(facts.personal().get("networks")).startsWith("2001:db8:").contains("1000/128");
  }
}
