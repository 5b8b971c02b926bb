package io.talos.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogLeaf;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.log.ProofBundle;
import jakarta.json.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An auditor verifies on the command line, without any server; Mallory hands her forged files. */
class ForgedBundleTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123Z");

  @TempDir Path folder;

  private final Randomness randomness = Randomness.secure();
  private final NoteSigner log = signer();
  private final List<AuditEvent> events = new ArrayList<>();
  private final List<Bytes> leaves = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void fill_the_log() {
    UuidV7Generator ids = new UuidV7Generator(randomness);
    for (int i = 0; i < 3; i++) {
      AuditFacts facts =
          AuditFacts.act(
              "note.written",
              new AuditFacts.Resource("note", "n" + i),
              Json.createObjectBuilder().add("number", i).build());
      AuditEvent event =
          AuditEvent.of(
              facts,
              Optional.empty(),
              new AuditEvent.Place(ids.next(NOW), NOW, "node-1/0", i),
              randomness);
      events.add(event);
      leaves.add(LogLeaf.of(event.json(), i).hash());
    }
  }

  private NoteSigner signer() {
    return new NoteSigner("talos.example/log", Ed25519.generate(randomness));
  }

  private Bytes subtree(int height, long index) {
    return height == 0
        ? leaves.get(Math.toIntExact(index))
        : MerkleTree.nodeHash(subtree(height - 1, 2 * index), subtree(height - 1, 2 * index + 1));
  }

  private String checkpoint(NoteSigner signer, long size) {
    return signer
        .sign(new Checkpoint(signer.name(), size, MerkleTree.root(size, this::subtree)).text())
        .encoded();
  }

  private ProofBundle bundle() {
    return new ProofBundle(
        events.get(1).json(),
        LogLeaf.of(events.get(1).json(), 1).json(),
        3,
        MerkleTree.inclusion(1, 3, this::subtree),
        checkpoint(log, 3),
        Optional.of(new ProofBundle.Consistency(2, MerkleTree.consistency(2, 3, this::subtree))),
        Optional.empty());
  }

  private int verify(String bundle, Optional<String> since) throws IOException {
    Path file = Files.writeString(folder.resolve("bundle.json"), bundle);
    Path key = Files.writeString(folder.resolve("log.vkey"), log.verifier().vkey() + "\n");
    List<String> arguments =
        new ArrayList<>(List.of("audit", "verify", file.toString(), "--vkey", "@" + key));
    if (since.isPresent()) {
      Path earlier = Files.writeString(folder.resolve("earlier.txt"), since.get());
      arguments.addAll(List.of("--since", earlier.toString()));
    }
    return run(arguments.toArray(String[]::new));
  }

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  @Test
  void a_genuine_bundle_verifies_and_says_what_it_does_not_show() throws IOException {
    assertThat(verify(bundle().json().toString(), Optional.empty())).isEqualTo(Main.DONE);
    assertThat(out.toString())
        .contains("VERIFIED against talos.example/log at 3 entries", "not shown: ");
  }

  @Test
  void a_tlog_proof_file_verifies_and_a_forged_one_does_not() throws IOException {
    String genuine = bundle().tlogProof().text();
    String forged = genuine.replace("index 1", "index 0");

    assertThat(verify(genuine, Optional.empty())).isEqualTo(Main.DONE);
    assertThat(out.toString())
        .contains("entry: {\"event_hash\"", "VERIFIED against talos.example/log at 3 entries");
    assertThat(verify(forged, Optional.empty())).isEqualTo(Main.REFUSED);
    assertThat(out.toString()).contains("PROOF_INVALID: not proved that the entry lies in the log");
  }

  @Test
  void a_bundle_that_continues_an_earlier_checkpoint_verifies_with_it() throws IOException {
    assertThat(verify(bundle().json().toString(), Optional.of(checkpoint(log, 2))))
        .isEqualTo(Main.DONE);
    assertThat(out.toString()).contains("holds: the log only grew since the earlier checkpoint");
  }

  @Test
  void an_earlier_checkpoint_of_a_rewritten_log_is_noticed() throws IOException {
    leaves.set(0, leaves.get(2));
    String rewritten = checkpoint(log, 2);
    leaves.set(0, LogLeaf.of(events.get(0).json(), 0).hash());

    assertThat(verify(bundle().json().toString(), Optional.of(rewritten))).isEqualTo(Main.REFUSED);
    assertThat(out.toString()).contains("PROOF_INVALID").doesNotContain("VERIFIED");
  }

  @Test
  void every_flipped_bit_of_the_file_is_refused() throws IOException {
    byte[] genuine = Bytes.utf8(bundle().json().toString()).toArray();
    for (int i = 0; i < genuine.length; i += 13) {
      byte[] flipped = genuine.clone();
      flipped[i] ^= 1;

      assertThat(verify(Bytes.of(flipped).utf8(), Optional.of(checkpoint(log, 2))))
          .as("byte %d", i)
          .isEqualTo(Main.REFUSED);
    }
    assertThat(out.toString()).doesNotContain("VERIFIED");
  }

  @Test
  void a_checkpoint_that_another_key_signed_under_the_logs_name_is_refused() throws IOException {
    ProofBundle genuine = bundle();
    ProofBundle forged =
        new ProofBundle(
            genuine.event(),
            genuine.leaf(),
            genuine.size(),
            genuine.path(),
            checkpoint(signer(), 3),
            genuine.consistency(),
            genuine.signatureBase());

    assertThat(verify(forged.json().toString(), Optional.empty())).isEqualTo(Main.REFUSED);
  }

  @Test
  void what_cannot_be_tried_has_a_status_of_its_own() {
    assertThat(run("audit", "verify", folder.resolve("none").toString(), "--vkey", "x"))
        .isEqualTo(Main.FAILED);
    assertThat(run("audit", "verify")).isEqualTo(Main.FAILED);
    assertThat(run("nonsense")).isEqualTo(Main.FAILED);
    assertThat(run()).isEqualTo(Main.FAILED);
  }

  @Test
  void a_new_identity_prints_its_did_and_nothing_of_its_keys() throws IOException {
    Path file = folder.resolve("alice.key");

    assertThat(run("id", "new", file.toString())).isEqualTo(Main.DONE);
    assertThat(out.toString()).startsWith("did:key:z6Mk");
    String did = out.toString().trim();
    out.getBuffer().setLength(0);
    assertThat(run("id", "show", file.toString())).isEqualTo(Main.DONE);
    assertThat(out.toString().trim()).isEqualTo(did);
    assertThat(run("id", "new", file.toString())).isEqualTo(Main.FAILED);
    assertThat(Files.readString(file)).contains(did);
  }
}
