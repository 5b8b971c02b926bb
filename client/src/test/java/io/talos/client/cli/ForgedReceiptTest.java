package io.talos.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.codec.Hex;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.log.AdmissionReceipt;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogLeaf;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bob kept a receipt; Mallory, who runs the server, replaces what it was for. */
class ForgedReceiptTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123Z");
  private static final String ORIGIN = "talos.example/log";

  @TempDir Path folder;

  private final Randomness randomness = Randomness.secure();
  private final UuidV7Generator ids = new UuidV7Generator(randomness);
  private final NoteSigner log = new NoteSigner(ORIGIN, Ed25519.generate(randomness));
  private final NoteSigner receipts = signer();
  private final AuditEvent event = event("read", 4);
  private final StringWriter out = new StringWriter();

  private NoteSigner signer() {
    return new NoteSigner(AdmissionReceipt.keyName(ORIGIN), Ed25519.generate(randomness));
  }

  private AuditEvent event(String tool, long number) {
    return AuditEvent.of(
        AuditFacts.act(
            "note.written",
            new AuditFacts.Resource("note", "n1"),
            Json.createObjectBuilder().add("tool", tool).build()),
        Optional.empty(),
        new AuditEvent.Place(ids.next(NOW), NOW, "node-1/0", number),
        randomness);
  }

  private String receipt(AuditEvent acknowledged, NoteSigner signer) {
    return AdmissionReceipt.header(
        signer.sign(
            new AdmissionReceipt(
                    ORIGIN,
                    acknowledged.eventId(),
                    acknowledged.hash(),
                    acknowledged.json().getString("source"),
                    acknowledged.json().getInt("source_seq"),
                    NOW)
                .text()));
  }

  /** A log of one entry. */
  private ProofBundle bundle(AuditEvent only) {
    LogLeaf leaf = LogLeaf.of(only.json(), 0);
    return new ProofBundle(
        only.json(),
        leaf.json(),
        1,
        List.of(),
        log.sign(new Checkpoint(ORIGIN, 1, leaf.hash()).text()).encoded(),
        Optional.empty(),
        Optional.empty());
  }

  private int verify(String receipt, Optional<String> proof) throws IOException {
    Path kept = Files.writeString(folder.resolve("receipt.txt"), receipt + "\n");
    Path key = Files.writeString(folder.resolve("receipts.vkey"), receipts.verifier().vkey());
    List<String> arguments =
        new ArrayList<>(
            List.of("audit", "verify", "--receipt", "@" + kept, "--receipt-key", "@" + key));
    if (proof.isPresent()) {
      Path file = Files.writeString(folder.resolve("proof"), proof.get());
      Path vkey = Files.writeString(folder.resolve("log.vkey"), log.verifier().vkey());
      arguments.addAll(List.of("--vkey", "@" + vkey, file.toString()));
    }
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(out, true), arguments.toArray(String[]::new));
  }

  @Test
  void a_receipt_alone_proves_what_the_server_acknowledged_and_says_what_it_does_not_show()
      throws IOException {
    assertThat(verify(receipt(event, receipts), Optional.empty())).isEqualTo(Main.DONE);
    assertThat(out.toString())
        .contains(
            "holds: the server acknowledged event "
                + event.eventId()
                + " as number 4 of node-1/0 at 2026-11-21T12:00:00.123Z",
            "not shown: that the log holds it");
  }

  @Test
  void a_receipt_and_the_proof_of_its_event_fit() throws IOException {
    String receipt = receipt(event, receipts);
    ProofBundle bundle = bundle(event);

    for (String proof : List.of(bundle.json().toString(), bundle.tlogProof().text())) {
      assertThat(verify(receipt, Optional.of(proof))).isEqualTo(Main.DONE);
      assertThat(out.toString())
          .contains("holds: the log holds what the receipt names, as entry 0", "VERIFIED");
    }
  }

  @Test
  void an_event_that_was_replaced_contradicts_its_receipt() throws IOException {
    String receipt = receipt(event, receipts);
    ProofBundle replaced = bundle(event("delete", 4));

    for (String proof : List.of(replaced.json().toString(), replaced.tlogProof().text())) {
      assertThat(verify(receipt, Optional.of(proof))).isEqualTo(Main.REFUSED);
    }
    assertThat(out.toString())
        .contains("AUDIT_RECEIPT_CONTRADICTED: the server acknowledged " + event.hash().hex())
        .doesNotContain("VERIFIED");
  }

  @Test
  void the_proof_of_another_event_proves_nothing_of_this_one() throws IOException {
    String another = bundle(event("read", 5)).json().toString();

    assertThat(verify(receipt(event, receipts), Optional.of(another))).isEqualTo(Main.REFUSED);
    assertThat(out.toString()).contains("PROOF_INVALID: the receipt is of another event");
  }

  @Test
  void a_receipt_that_the_server_did_not_sign_is_refused() throws IOException {
    String genuine = receipt(event, receipts);
    String altered =
        AdmissionReceipt.header(
            new io.talos.contracts.log.SignedNote(
                AdmissionReceipt.note(genuine).text().replace("/0 4", "/0 5"),
                AdmissionReceipt.note(genuine).lines()));

    for (String forged : List.of(receipt(event, signer()), altered, "bm90aGluZw")) {
      assertThat(verify(forged, Optional.of(bundle(event).json().toString())))
          .isEqualTo(Main.REFUSED);
    }
    assertThat(out.toString().lines())
        .hasSize(3)
        .allMatch(
            line -> line.startsWith("PROOF_INVALID: not proved that the server acknowledged"));
  }

  @Test
  void a_receipt_goes_with_its_key_and_a_proof_with_the_logs() {
    for (List<String> half :
        List.of(List.<String>of(), List.of("--receipt", "x"), List.of("--vkey", "x"))) {
      List<String> arguments = new ArrayList<>(List.of("audit", "verify"));
      arguments.addAll(half);
      assertThat(
              Main.run(
                  new PrintWriter(out, true),
                  new PrintWriter(out, true),
                  arguments.toArray(String[]::new)))
          .isEqualTo(Main.FAILED);
    }
  }

  @Test
  void the_ids_and_hashes_of_a_receipt_are_the_events() {
    AdmissionReceipt opened =
        AdmissionReceipt.open(AdmissionReceipt.note(receipt(event, receipts)), receipts.verifier());

    assertThat(opened.eventHash()).isEqualTo(Hex.decode(event.json().getString("event_hash")));
    assertThat(opened.eventId()).isEqualTo(new UuidV7(event.json().getString("event_id")));
    assertThat(Bytes.utf8(opened.text()).size()).isLessThan(512);
  }
}
