package io.talos.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.log.AdmissionReceipt;
import io.talos.contracts.log.LogLeaf;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.log.Tile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory, who runs the server and signs the log, leaves an event out of it. */
class OmittedEventTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123Z");
  private static final String ORIGIN = "talos.example/log";

  @TempDir Path folder;

  private final Randomness randomness = Randomness.secure();
  private final NoteSigner log = new NoteSigner(ORIGIN, Ed25519.generate(randomness));
  private final NoteSigner receipts =
      new NoteSigner(AdmissionReceipt.keyName(ORIGIN), Ed25519.generate(randomness));
  private final List<LogLeaf> entries = new ArrayList<>();
  private final StringWriter out = new StringWriter();

  private static Bytes hash(String source, long number) {
    return Sha256.of(Bytes.utf8(source + " " + number));
  }

  private void logged(String source, long number) {
    entries.add(
        new LogLeaf(entries.size(), source, number, "request.admitted", NOW, hash(source, number)));
  }

  /** Writes the log as it would be served, and signs it. */
  private void signed() throws IOException {
    new KeptLog(folder).keep(log, entries).says(List.of(KeptLog.listed(log, entries.size())));
  }

  private int run(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("audit", "completeness", folder.toString(), "--vkey", log.verifier().vkey()));
    arguments.addAll(List.of(more));
    return Main.run(
        new PrintWriter(out, true), new PrintWriter(out, true), arguments.toArray(String[]::new));
  }

  private int range(long from, long to) {
    return run("--source", "node-1/3", "--from", "" + from, "--to", "" + to);
  }

  private int receipt(String source, long number, Bytes eventHash) {
    AdmissionReceipt receipt =
        new AdmissionReceipt(
            ORIGIN, new UuidV7Generator(randomness).next(NOW), eventHash, source, number, NOW);
    return run(
        "--receipt",
        AdmissionReceipt.header(receipts.sign(receipt.text())),
        "--receipt-key",
        receipts.verifier().vkey());
  }

  /** Two sources of 300 entries each, of which the log lacks some of the first one's. */
  private void without(long... numbers) throws IOException {
    List<Long> left = java.util.Arrays.stream(numbers).boxed().toList();
    for (long i = 0; i < 300; i++) {
      logged("node-1/2", i);
      if (!left.contains(i)) {
        logged("node-1/3", i);
      }
    }
    signed();
  }

  @Test
  void a_source_without_a_gap_is_shown_to_be_whole() throws IOException {
    without();

    assertThat(range(0, 299)).as(out.toString()).isEqualTo(Main.DONE);
    assertThat(out.toString())
        .contains(
            "holds: all numbers 0 to 299 of node-1/3 are in the 600 entries of talos.example/log,"
                + " each once");
  }

  @Test
  void numbers_that_were_left_out_are_named() throws IOException {
    without(5, 7, 8, 9);

    assertThat(range(0, 299)).isEqualTo(Main.REFUSED);
    assertThat(out.toString())
        .contains("AUDIT_LOG_GAP: ", "hold 5, 7 to 9 of node-1/3 not, but the later number 299");
    assertThat(range(10, 299)).isEqualTo(Main.DONE);
  }

  @Test
  void a_number_that_comes_twice_is_named() throws IOException {
    logged("node-1/3", 0);
    logged("node-1/3", 1);
    logged("node-1/3", 1);
    signed();

    assertThat(range(0, 1)).isEqualTo(Main.REFUSED);
    assertThat(out.toString()).contains("AUDIT_LOG_GAP: ", "hold 1 of node-1/3 more than once");
  }

  @Test
  void nothing_is_shown_of_what_the_log_does_not_reach() throws IOException {
    without();

    assertThat(range(250, 310)).isEqualTo(Main.REFUSED);
    assertThat(out.toString()).contains("AUDIT_PROOF_PENDING: ", "nothing is shown of 300 to 310");
  }

  @Test
  void what_a_receipt_acknowledges_and_the_log_holds_is_found() throws IOException {
    without();

    assertThat(receipt("node-1/3", 299, hash("node-1/3", 299))).isEqualTo(Main.DONE);
    assertThat(out.toString())
        .contains("holds: the log holds what the receipt names, as entry 599");
  }

  @Test
  void what_was_acknowledged_and_left_out_is_proved_to_be_left_out() throws IOException {
    without(7);

    assertThat(receipt("node-1/3", 7, hash("node-1/3", 7))).isEqualTo(Main.REFUSED);
    assertThat(out.toString())
        .contains(
            "AUDIT_LOG_GAP: left out: the server acknowledged number 7 of node-1/3",
            "hold the later number 299 but not this one");
  }

  @Test
  void what_was_acknowledged_and_replaced_contradicts_the_log() throws IOException {
    without();

    assertThat(receipt("node-1/3", 7, hash("another", 7))).isEqualTo(Main.REFUSED);
    assertThat(out.toString()).contains("AUDIT_RECEIPT_CONTRADICTED: ");
  }

  @Test
  void what_was_acknowledged_a_moment_ago_may_still_come() throws IOException {
    without();

    assertThat(receipt("node-1/3", 300, hash("node-1/3", 300))).isEqualTo(Main.REFUSED);
    assertThat(out.toString()).contains("AUDIT_PROOF_PENDING: ").doesNotContain("left out");
  }

  @Test
  void entries_that_the_key_did_not_sign_show_nothing() throws IOException {
    without();
    Path first = folder.resolve("log").resolve("tile").resolve(Tile.ofEntries(0, 256).path());
    Files.writeString(
        first,
        Files.readString(first, java.nio.charset.StandardCharsets.ISO_8859_1)
            .replaceFirst("\"source_seq\":9,", "\"source_seq\":8,"),
        java.nio.charset.StandardCharsets.ISO_8859_1);

    assertThat(range(0, 299)).isEqualTo(Main.REFUSED);
    assertThat(out.toString()).contains("PROOF_INVALID: a log is not what its key signed");
  }

  @Test
  void a_log_with_a_file_missing_shows_nothing() throws IOException {
    without();
    Files.delete(folder.resolve("log").resolve("tile").resolve(Tile.ofEntries(1, 256).path()));

    assertThat(range(0, 10)).isEqualTo(Main.REFUSED);
    assertThat(out.toString()).contains("PROOF_INVALID: ", "no tile entries/001");
  }

  @Test
  void a_log_whose_key_was_not_given_is_not_passed_over() throws IOException {
    without();
    NoteSigner mallory = new NoteSigner(ORIGIN, Ed25519.generate(randomness));
    new KeptLog(folder).says(List.of(KeptLog.listed(mallory, 600)));

    assertThat(range(0, 299)).isEqualTo(Main.FAILED);
    assertThat(out.toString())
        .contains("TALOS_INVALID_INPUT", "--vkey " + mallory.verifier().vkey());
  }

  @Test
  void a_range_is_bounded_and_somebody_is_asked_for() throws IOException {
    without();

    assertThat(run()).isEqualTo(Main.FAILED);
    assertThat(run("--source=node-1/3")).isEqualTo(Main.FAILED);
    assertThat(run("--source=node-1/3", "--from=0", "--to=99999999999")).isEqualTo(Main.FAILED);
    assertThat(run("--source=node-1/3", "--from=9", "--to=8")).isEqualTo(Main.FAILED);
  }
}
