package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.AuditReader;
import io.talos.client.EvidenceDownload;
import io.talos.client.Identity;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.export.ExportFormat;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.time.WireTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory brings evidence that is not all there, or not hers to see; downloads break off. */
@OnTheStack
@Threat("T-AUDITTAMPERING-01")
class ForgedExportIT {
  private final Stack stack;
  private final Identity bob;
  private final NoteKey log;
  @TempDir Path folder;

  ForgedExportIT(Stack stack) {
    this.stack = stack;
    this.bob = Agents.registered(stack);
    this.log = Replies.value(stack.client().logKey());
  }

  private UuidV7 acts(Identity agent) {
    UuidV7 admission = Replies.admission(stack.client().agent(agent).whoami());
    Patiently.until(
        "the log holds it",
        () ->
            stack.count("select count(*) from audit.leaf where event_id = '" + admission + "'")
                > 0);
    return admission;
  }

  /** An export of them has more than one part. */
  private void manyEntries() {
    String entries = "select count(*) from audit.event";
    for (int i = 0; i < 40 && stack.count(entries) < 700; i++) {
      Identity agent = Agents.registered(stack);
      for (int call = 0; call < 15; call++) {
        stack.client().agent(agent).whoami();
      }
    }
    acts(bob);
  }

  private String verify(Path file) {
    return Command.run("audit", "verify", "--vkey", log.vkey(), file.toString()).text();
  }

  private Path fetched(AuditReader audit, Map<String, String> filter, ExportFormat format) {
    Path file = folder.resolve(filter.hashCode() + "." + format.wire());
    Replies.granted(new EvidenceDownload(audit, file).fetch(EventFilter.of(filter), format));
    return file;
  }

  private Http.Answer part(Identity reader, String query) {
    Http http = stack.http();
    return http.send(
        http.request("GET", "/audit/exports?" + query)
            .signed(stack.baseUri(), reader.signing(), Optional.empty()));
  }

  @Test
  void a_window_is_fetched_by_the_command_and_verified_offline_down_to_each_callers_signature()
      throws IOException {
    Instant from = WireTime.cut(Notes.now());
    UuidV7 admission = acts(bob);
    Instant to = WireTime.cut(Notes.now());
    acts(bob);
    Path token = Files.writeString(folder.resolve("token"), stack.operatorToken());
    for (String format : List.of("jsonl", "csv")) {
      Path file = folder.resolve("evidence." + format);

      Command command =
          Command.run(
              "audit",
              "export",
              stack.baseUri().toString(),
              "--token-file=" + token,
              "--out=" + file,
              "--format=" + format,
              "--only",
              "from=" + WireTime.format(from),
              "--only",
              "to=" + WireTime.format(to.plusMillis(1)));

      assertThat(command.status()).as(command.said()).isZero();
      assertThat(Files.readString(file)).contains(admission.text());
      assertThat(verify(file))
          .startsWith("0 ")
          .contains("every event of these entries that was asked for is shown")
          .contains("carry the signature of who asked");
    }
  }

  @Test
  void a_trace_is_fetched_by_the_agent_whose_it_is() {
    UuidV7 admission = acts(bob);
    String request =
        new Trail(stack).events("event_id = '" + admission + "'").get(0).getString("request_id");

    Path file =
        fetched(stack.client().agent(bob).audit(), Map.of("request", request), ExportFormat.JSONL);

    assertThat(verify(file)).startsWith("0 ").contains("not shown: that every event");
  }

  @Test
  void that_nothing_lies_in_a_window_is_proved_and_not_only_said() throws IOException {
    acts(bob);
    Map<String, String> window =
        Map.of("from", "2001-01-01T00:00:00.000Z", "to", "2001-01-02T00:00:00.000Z");

    Path file = fetched(stack.client().agent(bob).audit(), window, ExportFormat.CSV);
    Path late =
        fetched(
            stack.operator().audit(),
            Map.of("from", "2101-01-01T00:00:00.000Z"),
            ExportFormat.JSONL);

    assertThat(verify(file)).startsWith("0 holds: these are the entries 0 to 0 of ");
    assertThat(verify(late))
        .startsWith("0 ")
        .contains("holds: 0 of their events")
        .contains("holds: every event of these entries that was asked for is shown")
        .contains("not shown: what came into the log after this checkpoint");
    assertThat(Files.readAllLines(late)).hasSize(3);
  }

  @Test
  @Threat("T-METADATA-01")
  void mallory_gets_nothing_of_bobs() throws IOException {
    Identity mallory = Agents.registered(stack);
    Instant from = WireTime.cut(Notes.now());
    acts(bob);
    acts(mallory);
    String window = "from=" + WireTime.format(from);

    assertThat(part(mallory, window + "&principal=" + bob.did()).code())
        .isEqualTo("AUDIT_EVENT_NOT_FOUND");
    Path own =
        fetched(
            stack.client().agent(mallory).audit(),
            Map.of("from", WireTime.format(from)),
            ExportFormat.JSONL);
    assertThat(Files.readString(own)).contains(mallory.did()).doesNotContain(bob.did());
    assertThat(verify(own)).startsWith("0 ");
  }

  @Test
  void a_download_that_broke_off_goes_on_behind_its_last_whole_part() throws IOException {
    manyEntries();
    String first = part(bob, "resource=" + bob.did()).text();
    Path whole =
        fetched(
            stack.operator().audit(),
            Map.of("from", WireTime.format(Notes.now().minusSeconds(86_400))),
            ExportFormat.JSONL);
    String text = Files.readString(whole);
    assertThat(text.lines().count()).as("the log has more than one part").isGreaterThan(501);
    Http http = stack.http();
    Http.Answer begun =
        http.send(
            http.request("GET", "/audit/exports?format=jsonl&to=" + WireTime.format(Notes.now()))
                .bearer(stack.operatorToken()));
    String cursor = begun.headers().get("talos-next-cursor");
    Path file = folder.resolve("broken.jsonl");
    Map<String, String> filter = Map.of("to", "2026-01-01T00:00:00.000Z");
    Files.write(folder.resolve("broken.jsonl.part"), begun.bytes().toArray());
    Files.writeString(
        folder.resolve("broken.jsonl.part"), "{\"log_seq\":12,", StandardOpenOption.APPEND);
    Files.writeString(
        folder.resolve("broken.jsonl.resume"),
        "{\"query\":\"format=jsonl&to=2026-01-01T00:00:00.000Z\",\"cursor\":\""
            + cursor
            + "\",\"bytes\":"
            + begun.bytes().size()
            + "}",
        StandardCharsets.UTF_8);

    Replies.granted(
        new EvidenceDownload(stack.operator().audit(), file)
            .fetch(EventFilter.of(filter), ExportFormat.JSONL));

    assertThat(first).startsWith("{\"schema_id\"");
    assertThat(verify(file)).startsWith("0 ");
    assertThat(folder.resolve("broken.jsonl.resume")).doesNotExist();
    assertThat(folder.resolve("broken.jsonl.part")).doesNotExist();
  }

  @Test
  void what_was_cut_spliced_or_turned_into_a_formula_is_refused_by_the_command()
      throws IOException {
    Instant from = WireTime.cut(Notes.now());
    acts(bob);
    acts(bob);
    Map<String, String> window = Map.of("from", WireTime.format(from));
    Path jsonl = fetched(stack.operator().audit(), window, ExportFormat.JSONL);
    Path csv = fetched(stack.operator().audit(), window, ExportFormat.CSV);
    String lines = Files.readString(jsonl);
    int tail = lines.lastIndexOf('\n', lines.length() - 2) + 1;
    Path forged = folder.resolve("forged");

    Files.writeString(forged, lines.substring(0, tail));
    assertThat(verify(forged)).startsWith("1 EXPORT_INCOMPLETE");
    Files.writeString(forged, lines.replace("\"result\":\"success\"", "\"result\":\"denied\""));
    assertThat(verify(forged)).startsWith("1 EXPORT_INVALID");
    Files.writeString(forged, Files.readString(csv).replaceFirst(",request\\.admitted,", ",=1+1,"));
    assertThat(verify(forged)).startsWith("1 EXPORT_INVALID");
    Files.writeString(forged, lines + lines.substring(tail));
    assertThat(verify(forged)).startsWith("1 EXPORT_INVALID");
  }

  @Test
  void a_cursor_that_was_forged_or_is_anothers_opens_nothing() {
    manyEntries();
    Identity mallory = Agents.registered(stack);
    Http http = stack.http();
    String cursor =
        http.send(
                http.request("GET", "/audit/exports?from=2026-01-01T00:00:00Z")
                    .bearer(stack.operatorToken()))
            .headers()
            .getOrDefault("talos-next-cursor", "");

    assertThat(cursor).as("the log has more than one part").isNotEmpty();
    assertThat(part(mallory, "cursor=" + cursor).code()).isEqualTo("TALOS_INVALID_CURSOR");
    assertThat(part(mallory, "cursor=" + cursor.substring(1)).code())
        .isEqualTo("TALOS_INVALID_CURSOR");
    assertThat(part(mallory, "cursor=" + cursor + "&kind=a.b").code())
        .isEqualTo("TALOS_INVALID_INPUT");
    assertThat(part(mallory, "kind=a.b").code()).isEqualTo("TALOS_INVALID_INPUT");
    assertThat(part(mallory, "from=2026-01-01T00:00:00Z&format=xml").code())
        .isEqualTo("TALOS_INVALID_INPUT");
  }
}
