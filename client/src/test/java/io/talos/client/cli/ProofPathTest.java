package io.talos.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.did.Did;
import io.talos.contracts.event.AgentKeyRotated;
import io.talos.contracts.event.AgentRevoked;
import io.talos.contracts.event.CapabilityLinkRevoked;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogLeaf;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.log.ProofBundle;
import io.talos.contracts.log.anchor.Anchor;
import io.talos.contracts.log.block.Block;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An auditor asks by which way a capability, a revocation, a DID leads to a block. */
class ProofPathTest {
  private static final Instant NOW = Instant.parse("2026-11-30T12:00:00.123Z");

  @TempDir Path folder;

  private final Randomness randomness = Randomness.secure();
  private final NoteSigner log = new NoteSigner("talos.example/log", Ed25519.generate(randomness));
  private final Ed25519.KeyPair producer = Ed25519.generate(randomness);
  private final Ed25519.KeyPair alice = Ed25519.generate(randomness);
  private final String did = Did.ofKey(alice.publicKey()).text();
  private final StringWriter out = new StringWriter();

  /** Verifies a log of one event in a block; what is printed of its path. */
  private List<String> path(AuditFacts facts, String... more) throws IOException {
    AuditEvent event =
        AuditEvent.of(
            facts,
            Optional.empty(),
            new AuditEvent.Place(new UuidV7Generator(randomness).next(NOW), NOW, "node-1/0", 0),
            randomness);
    LogLeaf leaf = LogLeaf.of(event.json(), 0);
    Checkpoint checkpoint = new Checkpoint(log.name(), 1, leaf.hash());
    Block block = Block.produce(3, Block.NO_BLOCK, checkpoint, NOW, producer, 4);
    ProofBundle bundle =
        new ProofBundle(
            event.json(),
            leaf.json(),
            1,
            List.of(),
            log.sign(checkpoint.text()).encoded(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(Anchor.block(block, NOW).json()));
    Path file = Files.writeString(folder.resolve("bundle.json"), bundle.json().toString());
    String[] arguments =
        java.util.stream.Stream.concat(
                java.util.stream.Stream.of(
                    "audit", "verify", file.toString(), "--vkey", log.verifier().vkey()),
                java.util.stream.Stream.of(more))
            .toArray(String[]::new);
    int status = Main.run(new PrintWriter(out, true), new PrintWriter(out, true), arguments);
    assertThat(status).as(out.toString()).isEqualTo(Main.DONE);
    List<String> path = out.toString().lines().filter(l -> l.startsWith("path: ")).toList();
    assertThat(path).hasSize(5);
    assertThat(path.get(1)).contains("in event " + event.eventId(), event.hash().hex());
    assertThat(path.get(2)).isEqualTo("path: in entry 0 of the log, number 0 of node-1/0");
    assertThat(path.get(3))
        .isEqualTo("path: under the checkpoint of 1 entries, root " + leaf.hash().hex());
    assertThat(path.get(4)).startsWith("path: in block 3, hash " + block.hash().hex());
    return path;
  }

  @Test
  void a_revoked_link_leads_to_its_block() throws IOException {
    AuditFacts revoked = new CapabilityLinkRevoked(randomness.bytes(32), "misused", 7).facts();

    assertThat(path(revoked).get(0))
        .isEqualTo(
            "path: link "
                + revoked.resource().orElseThrow().id()
                + " of a capability was revoked: misused");
  }

  @Test
  void a_changed_key_leads_from_did_and_keys_to_its_block() throws IOException {
    AuditFacts rotated =
        new AgentKeyRotated(
                did,
                alice.publicKey(),
                producer.publicKey(),
                1,
                AgentKeyRotated.Cause.ROTATED,
                "00".repeat(32))
            .facts();

    assertThat(path(rotated).get(0))
        .isEqualTo(
            "path: DID "
                + did
                + " changed its key from "
                + rotated.meta().getString("retired_key")
                + " to "
                + rotated.meta().getString("key"));
  }

  @Test
  void a_revoked_did_leads_to_its_block() throws IOException {
    AuditFacts revoked =
        new AgentRevoked(did, alice.publicKey(), AgentRevoked.By.CURRENT_KEY).facts();

    assertThat(path(revoked).get(0)).startsWith("path: DID " + did + " was revoked, and its key z");
  }

  @Test
  void a_granted_capability_leads_from_its_hash() throws IOException {
    AuditFacts granted =
        AuditFacts.act(
            "capability.granted",
            new AuditFacts.Resource("capability", "ab".repeat(32)),
            Json.createObjectBuilder().add("subject", did).build());

    assertThat(path(granted).get(0))
        .isEqualTo("path: capability " + "ab".repeat(32) + " was granted to " + did);
  }

  @Test
  void a_block_of_a_stranger_is_on_the_path_and_not_believed() throws IOException {
    AuditFacts revoked =
        new AgentRevoked(did, alice.publicKey(), AgentRevoked.By.CURRENT_KEY).facts();

    assertThat(path(revoked).get(4)).contains("; not shown: nobody here trusts the producer");
  }

  @Test
  void a_block_of_a_trusted_producer_is_believed() throws IOException {
    AuditFacts revoked =
        new AgentRevoked(did, alice.publicKey(), AgentRevoked.By.CURRENT_KEY).facts();

    String trusted = Did.ofKey(producer.publicKey()).text();
    assertThat(path(revoked, "--producer", trusted).get(4))
        .endsWith(", of " + trusted)
        .doesNotContain("not shown");
  }

  @Test
  void an_event_cannot_paint_on_the_auditors_terminal() throws IOException {
    AuditFacts painted =
        AuditFacts.act(
            "note.written",
            new AuditFacts.Resource("note", "n\u001b[2Kpath: VERIFIED\nholds: all"),
            JsonObject.EMPTY_JSON_OBJECT);

    assertThat(path(painted).get(0))
        .isEqualTo("path: note.written, note n?[2Kpath: VERIFIED?holds: all");
  }
}
