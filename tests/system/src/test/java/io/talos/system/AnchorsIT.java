package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import io.talos.client.RevocationReason;
import io.talos.contracts.Bytes;
import io.talos.contracts.capability.UnverifiedCapability;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.log.AddCheckpoint;
import io.talos.contracts.log.BundleVerifier;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.Verification;
import io.talos.contracts.log.WitnessKey;
import io.talos.contracts.log.anchor.Anchor;
import io.talos.contracts.log.anchor.AnchorCheck;
import io.talos.contracts.log.anchor.AnchorKind;
import io.talos.contracts.log.anchor.AnchorVerifier;
import io.talos.contracts.log.anchor.EvmAddress;
import io.talos.contracts.log.block.Block;
import io.talos.contracts.log.block.BlockReport;
import io.talos.contracts.log.block.BlockValidation;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.schema.SchemaLibrary;
import io.talos.launcher.LibertyServer;
import io.talos.launcher.StackSettings;
import io.talos.launcher.TalosStack;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Alice's log and Bob's are witnesses of each other, each on a stack of its own; Mallory holds the
 * key of one of them and wants it to show two histories.
 */
@OnTheSpareStack
@Threat("T-AUDITTAMPERING-01")
@SuppressWarnings("NullAway.Init") // the first method fills the fields
class AnchorsIT {

  /** From 32,768 on the system gives ports to whoever connects. */
  private static final int BOBS_PORTS = 14_000;

  private static final int ALICES_NODE = 600;

  private static AnchorServers servers;
  private static EvmAddress alicesAccount;
  private static TalosStack bob;
  private static LibertyServer alice;
  private static NoteKey alicesLog;
  private static NoteKey bobsLog;
  private static WitnessKey bobsWitness;
  private static WitnessKey alicesWitness;

  private final Stack stack;
  @TempDir Path folder;

  AnchorsIT(Stack stack) {
    this.stack = stack;
  }

  /** Bob is told Alice's keys; then a node of Alice is told Bob's, and where he is. */
  @BeforeAll
  static void two_stacks(Stack stack) {
    Http first = stack.http();
    alicesLog = NoteKey.parse(first.get("/audit/log/key").text());
    alicesWitness = WitnessKey.parse(first.get("/audit/witness/key").text());
    StackSettings run = StackSettings.fromSystemProperties();
    Path data = Path.of(System.getProperty("talos.root"), ".talos", "system-tests-witness");
    StackSettings bobs = run.beside(BOBS_PORTS, data);
    int alicesPort = stack.launcher().settings().ports().http() + ALICES_NODE;
    bob =
        TalosStack.start(
            bobs,
            anchoring(alicesLog, alicesWitness, alicesPort),
            line -> System.out.println("[witness] " + line));
    Http bobsHttp = new Http(bob.baseUri());
    bobsLog = NoteKey.parse(bobsHttp.get("/audit/log/key").text());
    bobsWitness = WitnessKey.parse(bobsHttp.get("/audit/witness/key").text());
    Map<String, String> hers = new HashMap<>(anchoring(bobsLog, bobsWitness, bobs.ports().http()));
    hers.put("TALOS_BASE_URL", stack.baseUri().toString()); // her nodes are one witness
    servers = new AnchorServers(data.resolveSibling("system-tests-anchors"));
    hers.putAll(servers.environment());
    alice = stack.launcher().startAnotherLiberty(ALICES_NODE, hers);
    alicesAccount = servers.fund(alice);
  }

  private static Map<String, String> anchoring(NoteKey log, WitnessKey witness, int port) {
    return Map.of(
        "TALOS_AUDIT_ANCHOR_EPOCH_SECONDS", "1",
        "TALOS_AUDIT_ANCHOR_RETRY_MAX_SECONDS", "2",
        "TALOS_AUDIT_ANCHOR_PRIVATE_ADDRESSES", "true",
        "TALOS_AUDIT_ANCHOR_WITNESSES",
            witness.vkey() + " http://127.0.0.1:" + port + "/audit/witness",
        "TALOS_AUDIT_WITNESS_LOGS", log.vkey());
  }

  @AfterAll
  static void stop() {
    if (alice != null) {
      alice.stop();
    }
    if (bob != null) {
      bob.close();
    }
    if (servers != null) {
      servers.close();
    }
  }

  /** The newest checkpoint that is anchored, once the lanes owe it nothing. */
  private static JsonObject anchored(Http http, String token) {
    Patiently.until(
        "a checkpoint is anchored",
        () -> {
          something(http, token);
          servers.tick();
          return whole(http).isPresent();
        });
    return whole(http).orElseThrow();
  }

  private static Optional<JsonObject> whole(Http http) {
    return http.get("/audit/anchors?limit=100").json().getJsonArray("checkpoints").stream()
        .map(epoch -> epoch.asJsonObject())
        .filter(epoch -> epoch.getJsonArray("pending").isEmpty())
        .map(epoch -> http.get("/audit/anchors/" + epoch.getJsonNumber("size")).json())
        .filter(
            found ->
                found.getJsonArray("anchors").stream()
                    .anyMatch(a -> a.asJsonObject().getString("kind").equals("witness")))
        .findFirst();
  }

  private static void something(Http http, String token) {
    assertThat(http.send(http.request("GET", "/audit/events?limit=1").bearer(token)).status())
        .isEqualTo(200);
  }

  @Test
  void two_installations_cosign_each_other_and_a_stranger_verifies_it() {
    Http alices = new Http(alice.baseUri());
    Http bobs = new Http(bob.baseUri());

    JsonObject ours = anchored(alices, stack.operatorToken());
    JsonObject theirs = anchored(bobs, bob.operatorToken());

    holds(ours, alicesLog, bobsWitness);
    holds(theirs, bobsLog, alicesWitness);
    assertThat(stack.count("select count(*) from audit.witnessed")).isPositive();
  }

  private static void holds(JsonObject anchored, NoteKey log, WitnessKey witness) {
    SignedNote note = SignedNote.parse(anchored.getString("checkpoint"));
    assertThat(Checkpoint.open(note, log).size())
        .isEqualTo(anchored.getJsonNumber("size").longValueExact());
    AnchorVerifier stranger =
        new AnchorVerifier(
            new AnchorVerifier.Trust(List.of(witness), Optional.empty(), Set.of(), Set.of()));
    List<AnchorCheck> checks =
        anchored.getJsonArray("anchors").stream()
            .map(json -> Anchor.parse(json.asJsonObject(), new SchemaLibrary()))
            .filter(anchor -> anchor.kind() == AnchorKind.WITNESS)
            .map(anchor -> stranger.check(anchor, note.text()))
            .toList();
    assertThat(checks).hasSize(1).allMatch(AnchorCheck.Holds.class::isInstance);
  }

  @Test
  void one_checkpoint_has_a_cosignature_a_timestamp_and_a_transaction_that_an_auditor_believes()
      throws IOException {
    JsonObject ours = anchored(new Http(alice.baseUri()), stack.operatorToken());
    auditorBelieves(ours, servers.chain().isPresent());

    // Everything that the chain knew is gone; it begins anew, and so does the lane.
    if (servers.chain().isPresent()) {
      long before = ours.getJsonNumber("size").longValueExact();
      servers.chain().get().restart();
      servers.fund(alice);
      Patiently.until(
          "a later checkpoint is on the new chain",
          () ->
              anchored(new Http(alice.baseUri()), stack.operatorToken())
                      .getJsonNumber("size")
                      .longValueExact()
                  > before);
      auditorBelieves(anchored(new Http(alice.baseUri()), stack.operatorToken()), true);
    }
  }

  private static void auditorBelieves(JsonObject anchored, boolean chain) {
    SignedNote note = SignedNote.parse(anchored.getString("checkpoint"));
    AnchorVerifier auditor =
        new AnchorVerifier(
            new AnchorVerifier.Trust(
                List.of(bobsWitness),
                Optional.of(servers.authority().trust()),
                Set.of(alicesAccount),
                Set.of()));
    Set<AnchorKind> believed =
        anchored.getJsonArray("anchors").stream()
            .map(json -> Anchor.parse(json.asJsonObject(), new SchemaLibrary()))
            .filter(anchor -> auditor.check(anchor, note.text()) instanceof AnchorCheck.Holds)
            .map(Anchor::kind)
            .collect(Collectors.toSet());
    assertThat(believed).contains(AnchorKind.WITNESS, AnchorKind.RFC3161);
    assertThat(believed.contains(AnchorKind.EVM)).isEqualTo(chain);
  }

  @Test
  void a_peer_takes_the_chain_of_blocks_from_the_first_on() {
    Http bobs = new Http(bob.baseUri());
    for (int i = 0; i < 3; i++) {
      long before = height(bobs);
      something(bobs, bob.operatorToken());
      Patiently.until("a block follows", () -> height(bobs) > before);
    }
    BlockValidation peer =
        new BlockValidation(new BlockValidation.Rules(12, BlockValidation.Rules.AHEAD, Set.of()));

    Optional<Block> parent = Optional.empty();
    for (long at = 0; at <= height(bobs); at++) {
      BlockReport report =
          peer.judge(
              bobs.get("/audit/blocks/" + at).bytes(),
              BlockValidation.View.after(parent),
              BlockValidation.Level.STRICT,
              Clock.systemUTC().instant());
      assertThat(report.faults()).as(report.text()).isEmpty();
      parent = report.block();
    }
    assertThat(height(bobs)).isGreaterThanOrEqualTo(2);
    assertThat(bobs.get("/audit/blocks/999999").code()).isEqualTo("BLOCK_NOT_FOUND");
  }

  private static long height(Http http) {
    return http.get("/audit/blocks?limit=1").json().getJsonArray("blocks").stream()
        .mapToLong(block -> block.asJsonObject().getJsonNumber("height").longValueExact())
        .findFirst()
        .orElse(-1);
  }

  @Test
  void a_real_witness_answers_as_c2sp_says() {
    Http bobs = new Http(bob.baseUri());
    JsonObject known = anchored(new Http(alice.baseUri()), stack.operatorToken());
    SignedNote note = SignedNote.parse(known.getString("checkpoint"));
    AddCheckpoint asks = new AddCheckpoint(0, List.of(), note);

    Http.Answer conflict = add(bobs, asks.encoded());
    Http.Answer unknown = add(bobs, asks.encoded().replace(alicesLog.name(), "mallory.example/l"));
    Http.Answer forged = add(bobs, asks.encoded().replaceFirst("\n([0-9]+)\n", "\n1$1\n"));
    Http.Answer garbage = add(bobs, "old x\n\n");

    assertThat(conflict.status()).isEqualTo(409);
    assertThat(conflict.headers().get("content-type")).startsWith("text/x.tlog.size");
    assertThat(AddCheckpoint.size(conflict.text().strip()))
        .isGreaterThanOrEqualTo(known.getJsonNumber("size").longValueExact());
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(forged.status()).isEqualTo(403);
    assertThat(garbage.status()).isEqualTo(400);
    assertThat(garbage.code()).isEqualTo("WITNESS_REQUEST_INVALID");
  }

  private static Http.Answer add(Http http, String body) {
    Bytes bytes = Bytes.of(body.getBytes(StandardCharsets.UTF_8));
    return http.send(
        http.request("POST", "/audit/witness/add-checkpoint")
            .raw("text/plain; charset=utf-8", bytes.toArray()));
  }

  @Test
  void a_grant_a_revocation_and_a_change_of_key_lead_to_block_and_chain() throws IOException {
    awaitEpoch();
    Identity carol = Agents.registered(stack);
    UnverifiedCapability capability = stack.notes().grant(carol, 0);
    Replies.granted(stack.operator().revoke(capability.root().hash(), RevocationReason.OTHER));
    Identity begun = carol.begun(Optional.empty(), Notes.now());
    Identity rotated = begun.rotated(Randomness.secure(), Notes.now());
    Replies.granted(stack.client().bring(rotated));

    pathOf("capability.granted", capability.hash().hex(), "capability " + capability.hash().hex());
    pathOf(
        "capability.revoked",
        capability.root().hash().hex(),
        "link " + capability.root().hash().hex() + " of a capability was revoked");
    pathOf("agent.registered", carol.did(), "DID " + carol.did() + " was registered");
    pathOf("agent.key_rotated", carol.did(), "DID " + carol.did() + " changed its key from ");
  }

  /** Until the next minute is over, the first node, which has no lanes, opens no epoch. */
  private void awaitEpoch() {
    Http http = new Http(alice.baseUri());
    String before = epochs(http);
    Patiently.until(
        "an epoch is opened",
        () -> {
          something(http, stack.operatorToken());
          return !epochs(http).equals(before);
        });
  }

  private static String epochs(Http http) {
    return http.get("/audit/anchors?limit=1").json().getJsonArray("checkpoints").stream()
        .map(epoch -> epoch.asJsonObject().getJsonNumber("size").toString())
        .collect(Collectors.joining());
  }

  /** What the command prints for the one event of this kind about this thing, anchored. */
  private void pathOf(String kind, String resource, String what) throws IOException {
    Http http = new Http(alice.baseUri());
    String token = stack.operatorToken();
    String event =
        http.send(
                http.request(
                        "GET",
                        "/audit/events?kind="
                            + kind
                            + "&resource="
                            + URLEncoder.encode(resource, StandardCharsets.UTF_8))
                    .bearer(token))
            .json()
            .getJsonArray("events")
            .getJsonObject(0)
            .getString("event_id");
    String path = "/audit/events/" + event + "/bundle";
    List<String> kinds = new ArrayList<>(List.of("witness", "rfc3161", "block"));
    servers.chain().ifPresent(anvil -> kinds.add("evm"));
    Patiently.until(
        "the event is anchored in all lanes",
        () -> {
          something(http, token);
          servers.tick();
          String bundle = http.send(http.request("GET", path).bearer(token)).text();
          return kinds.stream().allMatch(lane -> bundle.contains("\"kind\":\"" + lane + "\""));
        });
    Path file = folder.resolve("bundle.json");
    Files.write(file, http.send(http.request("GET", path).bearer(token)).bytes().toArray());
    String producer =
        http.get("/audit/blocks?limit=1")
            .json()
            .getJsonArray("blocks")
            .getJsonObject(0)
            .getString("producer");

    Command command =
        Command.run(
            "audit",
            "verify",
            file.toString(),
            "--vkey=" + alicesLog.vkey(),
            "--witness=" + bobsWitness.vkey(),
            "--account=" + alicesAccount.text(),
            "--producer=" + producer,
            "--timestamp-authorities="
                + Files.writeString(
                    folder.resolve("authorities.pem"), servers.authority().rootPem()));

    assertThat(command.status()).as(command.said()).isZero();
    List<String> steps = command.said().lines().filter(l -> l.startsWith("path: ")).toList();
    assertThat(steps.get(0)).startsWith("path: " + what);
    assertThat(steps.get(1)).contains("in event " + event);
    assertThat(steps)
        .anyMatch(step -> step.startsWith("path: under the checkpoint of "))
        .anyMatch(step -> step.matches("path: in block [0-9]+, hash [0-9a-f]{64}, of did:key:.*"))
        .anyMatch(step -> step.equals("path: cosigned by " + bobsWitness.name()))
        .anyMatch(step -> step.equals("path: timestamped (RFC 3161)"));
    assertThat(steps.stream().anyMatch(step -> step.startsWith("path: in transaction ")))
        .isEqualTo(servers.chain().isPresent());
    assertThat(steps).noneMatch(step -> step.contains("not shown"));
  }

  @Test
  void an_auditor_is_led_from_an_event_to_those_who_saw_it() {
    Http bobs = new Http(bob.baseUri());
    String token = bob.operatorToken();
    String event =
        bobs.send(bobs.request("GET", "/audit/events?limit=1").bearer(token))
            .headers()
            .get("talos-admission");
    BundleVerifier auditor =
        new BundleVerifier(
            LogKeys.of(bobsLog),
            new AnchorVerifier.Trust(List.of(alicesWitness), Optional.empty(), Set.of(), Set.of()));
    String path = "/audit/events/" + event + "/bundle";

    Patiently.until(
        "the event is anchored",
        () ->
            auditor
                .verify(bobs.send(bobs.request("GET", path).bearer(token)).bytes())
                .match(holds -> holds.proved().contains(Verification.Step.ANCHORS), no -> false));
  }
}
