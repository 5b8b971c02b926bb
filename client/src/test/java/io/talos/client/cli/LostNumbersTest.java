package io.talos.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.ScriptedServer;
import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.AdmissionReceipt;
import io.talos.contracts.log.LogLeaf;
import io.talos.contracts.log.LogOrigin;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.log.SaidLoss;
import io.talos.contracts.registry.Threat;
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

/**
 * Mallory lost entries, and wants the source's numbers to look as if nothing were missing, or other
 * gaps to look as if they were part of the loss. Of node-1/3 the numbers 0 to 9 are left, of 20
 * entries of the first log 5 are lost.
 */
@Threat("T-AUDITTAMPERING-01")
class LostNumbersTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00.123Z");
  private static final String ORIGIN = "talos.example/audit/log";
  private static final String SOURCE = "node-1/3";

  @TempDir Path folder;

  private final Randomness randomness = Randomness.secure();
  private final Ed25519.KeyPair key = Ed25519.generate(randomness);
  private final NoteSigner first = new NoteSigner(ORIGIN, key);
  private final NoteSigner second = new NoteSigner(LogOrigin.following(ORIGIN, NOW), key);
  private final NoteSigner receipts =
      new NoteSigner(AdmissionReceipt.keyName(ORIGIN), Ed25519.generate(randomness));
  private final List<LogLeaf> left = new ArrayList<>();
  private final List<LogLeaf> following = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private SaidLoss loss = loss(10, 20);

  private static Bytes hash(String what) {
    return Sha256.of(Bytes.utf8(what));
  }

  private static void log(List<LogLeaf> log, String source, long number, String what) {
    log.add(new LogLeaf(log.size(), source, number, "a.b", NOW, hash(what)));
  }

  private SaidLoss loss(long from, long to) {
    List<LogLeaf> published = new ArrayList<>();
    for (int i = 0; i < to; i++) {
      log(published, SOURCE, i, "before " + i);
    }
    return SaidLoss.of(
        AuditEvent.of(
                AuditFacts.act(
                    "log.reopened",
                    new AuditFacts.Resource("log", second.name()),
                    Json.createObjectBuilder()
                        .add("lost_origin", ORIGIN)
                        .add("lost_checkpoint", KeptLog.checkpoint(first, published).encoded())
                        .add("lost_from", from)
                        .add("lost_to", to)
                        .build()),
                Optional.empty(),
                new AuditEvent.Place(new UuidV7Generator(randomness).next(NOW), NOW, "node-1/2", 1),
                randomness)
            .json());
  }

  @BeforeEach
  void two_logs() throws IOException {
    for (int i = 0; i < 10; i++) {
      log(left, SOURCE, i, "before " + i);
    }
    loss = loss(10, 15);
    following.add(loss.leaf(0));
    log(following, "node-1/2", 0, "waited");
    for (int i = 10; i < 30; i++) {
      log(following, SOURCE, i, "after " + i);
    }
    kept();
  }

  private void kept() throws IOException {
    new KeptLog(folder)
        .keep(first, left)
        .keep(second, following)
        .says(
            List.of(
                KeptLog.listed(second, following.size(), loss),
                KeptLog.listed(first, left.size())));
  }

  private int run(String place, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "audit",
                "completeness",
                place,
                "--vkey=" + first.verifier().vkey(),
                "--vkey=" + second.verifier().vkey()));
    arguments.addAll(List.of(more));
    PrintWriter printer = new PrintWriter(out, true);
    return Main.run(printer, printer, arguments.toArray(String[]::new));
  }

  private int range(long from, long to) {
    out.getBuffer().setLength(0);
    return run(folder.toString(), "--source=" + SOURCE, "--from=" + from, "--to=" + to);
  }

  private int receipt(long number, String what) {
    out.getBuffer().setLength(0);
    AdmissionReceipt receipt =
        new AdmissionReceipt(
            ORIGIN, new UuidV7Generator(randomness).next(NOW), hash(what), SOURCE, number, NOW);
    return run(
        folder.toString(),
        "--receipt=" + AdmissionReceipt.header(receipts.sign(receipt.text())),
        "--receipt-key=" + receipts.verifier().vkey());
  }

  @Test
  void numbers_that_no_lost_entry_can_have_had_are_shown_to_be_whole_over_both_logs() {
    assertThat(range(0, 9)).as(out.toString()).isEqualTo(Main.DONE);
    assertThat(out.toString())
        .contains("are in the 10 entries of " + first.name() + " and the 22 entries of ");
    assertThat(range(15, 29)).as(out.toString()).isEqualTo(Main.DONE);
  }

  @Test
  void numbers_that_lost_entries_can_have_had_are_neither_a_gap_nor_complete() {
    assertThat(range(0, 29)).isEqualTo(Main.REFUSED);

    assertThat(out.toString())
        .startsWith("said to be lost: entries 10 to 14 of " + ORIGIN)
        .contains("AUDIT_ENTRIES_LOST: events with the numbers 10 to 14 of " + SOURCE)
        .doesNotContain("AUDIT_LOG_GAP", "holds:");
  }

  @Test
  void a_number_that_is_missing_besides_is_a_gap_all_the_same() throws IOException {
    following.remove(following.size() - 2);
    following.set(
        following.size() - 1,
        new LogLeaf(following.size() - 1, SOURCE, 29, "a.b", NOW, hash("after 29")));
    kept();

    assertThat(range(0, 29)).isEqualTo(Main.REFUSED);
    assertThat(out.toString()).contains("AUDIT_LOG_GAP: ", "hold 28 of " + SOURCE + " not");
  }

  @Test
  void a_number_that_waited_and_came_after_the_event_that_opened_the_log_is_none() {
    out.getBuffer().setLength(0);

    assertThat(run(folder.toString(), "--source=node-1/2", "--from=0", "--to=1"))
        .isEqualTo(Main.REFUSED);
    assertThat(out.toString()).contains("AUDIT_ENTRIES_LOST").doesNotContain("AUDIT_LOG_GAP");
  }

  @Test
  void what_was_acknowledged_and_lost_is_told_as_lost_and_not_as_contradicted() {
    assertThat(receipt(12, "before 12")).isEqualTo(Main.REFUSED);
    assertThat(out.toString())
        .contains("AUDIT_ENTRIES_LOST: events with the numbers 12 of " + SOURCE)
        .doesNotContain("CONTRADICTED");

    assertThat(receipt(12, "after 12")).isEqualTo(Main.DONE);
    assertThat(receipt(9, "before 9")).isEqualTo(Main.DONE);
    assertThat(receipt(9, "other 9")).isEqualTo(Main.REFUSED);
    assertThat(out.toString()).contains("AUDIT_RECEIPT_CONTRADICTED");
    assertThat(receipt(20, "before 20")).isEqualTo(Main.REFUSED);
    assertThat(out.toString()).contains("AUDIT_RECEIPT_CONTRADICTED");
  }

  @Test
  void a_log_that_does_not_begin_with_its_loss_does_not_count() throws IOException {
    loss = loss(9, 15);
    kept();
    assertThat(range(0, 9)).isEqualTo(Main.REFUSED);
    assertThat(out.toString()).contains("AUDIT_LOG_NOT_FOLLOWED: ");

    following.set(0, loss.leaf(0));
    kept();
    assertThat(range(0, 9)).isEqualTo(Main.REFUSED);
    assertThat(out.toString()).contains("AUDIT_LOG_NOT_FOLLOWED: ");
  }

  @Test
  void the_first_log_cannot_be_left_out_of_the_list() throws IOException {
    new KeptLog(folder).says(List.of(KeptLog.listed(second, following.size(), loss)));

    assertThat(range(15, 20)).isEqualTo(Main.REFUSED);
    assertThat(out.toString()).contains("AUDIT_LOG_NOT_FOLLOWED: ", "the first log is not listed");
  }

  @Test
  void what_was_read_from_the_server_is_kept_and_shows_the_same_again(@TempDir Path copy)
      throws IOException {
    String first;
    try (ScriptedServer server =
        new ScriptedServer(
            exchange -> {
              String path = exchange.getRequestURI().getPath();
              Path file =
                  path.equals("/audit/logs")
                      ? folder.resolve("logs.json")
                      : folder.resolve(path.substring("/audit/".length()));
              byte[] bytes = Files.readAllBytes(file);
              exchange.sendResponseHeaders(200, bytes.length);
              exchange.getResponseBody().write(bytes);
            })) {
      int status =
          run(
              server.uri().toString(),
              "--source=" + SOURCE,
              "--from=0",
              "--to=29",
              "--save=" + copy);
      assertThat(status).as(out.toString()).isEqualTo(Main.REFUSED);
      first = out.toString();
    }
    out.getBuffer().setLength(0);

    assertThat(run(copy.toString(), "--source=" + SOURCE, "--from=0", "--to=29"))
        .isEqualTo(Main.REFUSED);
    assertThat(out.toString()).isEqualTo(first).contains("AUDIT_ENTRIES_LOST");
    assertThat(run(copy.toString(), "--source=x/0", "--to=1", "--save=" + copy))
        .isEqualTo(Main.FAILED);
  }
}
