package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.audit.event.Samples;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.audit.RequestContext;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.export.CsvText;
import io.talos.contracts.log.export.ExportFormat;
import io.talos.contracts.log.export.ExportReader;
import io.talos.contracts.log.export.ExportVerification;
import io.talos.contracts.log.export.ExportVerifier;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory brings an auditor evidence that she made up, or from which she left something out. */
@Threat("T-AUDITTAMPERING-01")
class ForgedExportTest {
  private static final Map<String, String> WINDOW =
      Map.of("from", "2026-11-21T10:00:00.250Z", "to", "2026-11-21T10:00:00.251Z");

  @TempDir Path folder;
  private AuditStage stage;
  private NoteKey log;

  @BeforeEach
  void a_log() {
    stage = new AuditStage(folder);
    log = stage.rows.current().orElseThrow().key();
  }

  private static <T> T found(Reading<T> reading) {
    return reading.match(
        value -> value,
        code -> {
          throw new AssertionError(code);
        });
  }

  private String export(Map<String, String> filter, ExportFormat format, Principal reader) {
    ExportEvents export = stage.exportEvents();
    ExportEvents.Part part =
        found(export.begin(EventFilter.of(filter), format, reader, Samples.NOW));
    StringBuilder text = new StringBuilder(part.text());
    while (part.next().isPresent()) {
      part = found(export.resume(part.next().get(), reader));
      text.append(part.text());
    }
    return text.toString();
  }

  private ExportVerification verify(String text, ExportFormat format) {
    return new ExportVerifier(List.of(LogKeys.of(log)))
        .verify(ExportReader.of(new StringReader(text), format));
  }

  private ExportVerification.Verified verified(String text, ExportFormat format) {
    return verify(text, format)
        .match(
            holds -> holds,
            refused -> {
              throw new AssertionError(refused.code() + " " + refused.why());
            });
  }

  private void assertRefused(String text, ExportFormat format, ErrorCode code) {
    assertThat(verify(text, format))
        .isInstanceOfSatisfying(
            ExportVerification.Refused.class,
            refused -> assertThat(refused.code()).as(refused.why()).isEqualTo(code));
  }

  private void assertInvalid(String text) {
    assertRefused(text, ExportFormat.JSONL, ErrorCode.EXPORT_INVALID);
  }

  private static List<String> lines(String text) {
    return new ArrayList<>(Arrays.asList(text.split("\n")));
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  @Test
  void all_of_a_window_is_proved_in_both_forms_over_many_parts() {
    stage.acts(1_234);
    stage.sequence();
    stage.acts(5);
    stage.sequence();

    for (ExportFormat format : ExportFormat.values()) {
      ExportVerification.Verified proof = verified(export(WINDOW, format, Samples.carol()), format);

      assertThat(proof.entries()).isEqualTo(1_239);
      assertThat(proof.events()).isEqualTo(1_239);
      assertThat(proof.complete()).isTrue();
      assertThat(proof.open()).isTrue();
    }
  }

  @Test
  void a_trace_shows_its_events_whole_and_the_others_as_everybody_sees_them() {
    RequestContext request = Samples.request(Samples.bob());
    stage.acts(3);
    stage.write(Samples.act("session.opened"), request);
    stage.acts(2);
    stage.write(Samples.act("frame.accepted"), request);
    stage.acts(4);
    stage.sequence();

    String text =
        export(Map.of("request", request.requestId().text()), ExportFormat.JSONL, Samples.carol());
    ExportVerification.Verified proof = verified(text, ExportFormat.JSONL);

    assertThat(proof.last().head().begin()).isEqualTo(3);
    assertThat(proof.entries()).isEqualTo(4);
    assertThat(proof.events()).isEqualTo(2);
    assertThat(proof.complete()).isFalse();
    assertThat(proof.open()).isFalse();
  }

  @Test
  @Threat("T-METADATA-01")
  void mallorys_export_shows_her_own_events_only() {
    stage.write(Samples.act("a.b"), Samples.request(Samples.bob()));
    stage.write(Samples.act("a.b"), Samples.request(Samples.mallory()));
    stage.sequence();

    String text = export(WINDOW, ExportFormat.JSONL, Samples.mallory());

    assertThat(text).contains(Samples.mallory().id()).doesNotContain(Samples.bob().id());
    assertThat(verified(text, ExportFormat.JSONL).events()).isEqualTo(1);
    assertThat(
            stage
                .exportEvents()
                .begin(
                    EventFilter.of(
                        Map.of("principal", Samples.bob().id(), "from", WINDOW.get("from"))),
                    ExportFormat.JSONL,
                    Samples.mallory(),
                    Samples.NOW)
                .match(part -> "a part", ErrorCode::name))
        .isEqualTo("AUDIT_EVENT_NOT_FOUND");
  }

  @Test
  @Threat("T-METADATA-01")
  void a_cursor_is_good_for_its_own_reader_and_as_it_was_given() {
    stage.acts(600);
    stage.sequence();
    ExportEvents export = stage.exportEvents();
    String cursor =
        found(
                export.begin(
                    EventFilter.of(WINDOW), ExportFormat.JSONL, Samples.carol(), Samples.NOW))
            .next()
            .orElseThrow();

    assertThat(found(export.resume(cursor, Samples.carol())).text())
        .isEqualTo(found(export.resume(cursor, Samples.carol())).text());
    assertThat(export.resume(cursor, Samples.mallory()).match(p -> "a part", ErrorCode::name))
        .isEqualTo("TALOS_INVALID_CURSOR");
    for (int i = 0; i < cursor.length(); i += 7) {
      char other = cursor.charAt(i) == 'A' ? 'B' : 'A';
      String forged = cursor.substring(0, i) + other + cursor.substring(i + 1);
      assertThatThrownBy(() -> export.resume(forged, Samples.carol()))
          .isInstanceOfSatisfying(
              TalosException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.TALOS_INVALID_CURSOR));
    }
  }

  @Test
  void no_line_can_be_changed_left_out_repeated_or_moved() {
    stage.acts(20);
    stage.sequence();
    String text = export(WINDOW, ExportFormat.JSONL, Samples.carol());
    verified(text, ExportFormat.JSONL);

    for (int i = 0; i < lines(text).size(); i++) {
      List<String> without = lines(text);
      without.remove(i);
      assertThat(verify(text(without), ExportFormat.JSONL))
          .as("without line %d", i)
          .isInstanceOf(ExportVerification.Refused.class);
      List<String> twice = lines(text);
      twice.add(i, twice.get(i));
      assertInvalid(text(twice));
      List<String> swapped = lines(text);
      swapped.add((i + 1) % (swapped.size() - 1), swapped.remove(i));
      if (!swapped.equals(lines(text))) {
        assertThat(verify(text(swapped), ExportFormat.JSONL))
            .isInstanceOf(ExportVerification.Refused.class);
      }
    }
    for (int i = 0; i < text.length(); i += 53) {
      char[] flipped = text.toCharArray();
      flipped[i] = (char) (flipped[i] ^ 1);
      assertThat(verify(new String(flipped), ExportFormat.JSONL))
          .as("character %d", i)
          .isInstanceOf(ExportVerification.Refused.class);
    }
  }

  @Test
  void an_export_that_ends_early_is_incomplete() {
    stage.acts(20);
    stage.sequence();
    for (ExportFormat format : ExportFormat.values()) {
      String text = export(WINDOW, format, Samples.carol());

      for (int end = 0; end < text.length(); end += 97) {
        assertThat(verify(text.substring(0, end), format))
            .as("first %d characters", end)
            .isInstanceOf(ExportVerification.Refused.class);
      }
      String end = format == ExportFormat.CSV ? "\r\n" : "\n";
      int tail = text.lastIndexOf(end, text.length() - end.length() - 1) + end.length();
      assertRefused(text.substring(0, tail), format, ErrorCode.EXPORT_INCOMPLETE);
      assertRefused(text.substring(0, tail + 5), format, ErrorCode.EXPORT_INCOMPLETE);
    }
  }

  @Test
  void parts_of_two_exports_or_of_two_logs_do_not_make_one() {
    stage.acts(20);
    stage.sequence();
    String first = export(WINDOW, ExportFormat.JSONL, Samples.carol());
    AuditStage other = new AuditStage(folder.resolve("other"));
    AuditStage ours = stage;
    other.acts(20);
    other.sequence();
    stage = other;
    String foreign = export(WINDOW, ExportFormat.JSONL, Samples.carol());
    stage = ours;
    stage.acts(1);
    stage.sequence();
    String second = export(WINDOW, ExportFormat.JSONL, Samples.carol());

    for (String another : List.of(foreign, second)) {
      List<String> spliced = lines(first);
      spliced.set(10, lines(another).get(10));
      if (!spliced.equals(lines(first))) {
        assertInvalid(text(spliced));
      }
      List<String> tail = lines(first);
      tail.set(tail.size() - 1, lines(another).get(lines(another).size() - 1));
      assertInvalid(text(tail));
      List<String> head = lines(first);
      head.set(0, lines(another).get(0));
      assertThat(verify(text(head), ExportFormat.JSONL))
          .isInstanceOf(ExportVerification.Refused.class);
    }
    assertInvalid(first + second);
  }

  @Test
  void an_event_of_the_window_cannot_be_shown_as_an_envelope() {
    stage.acts(3);
    stage.sequence();
    String own = export(WINDOW, ExportFormat.JSONL, Samples.carol());
    String hidden =
        export(
            Map.of(
                "principal",
                Samples.mallory().id(),
                "from",
                WINDOW.get("from"),
                "to",
                WINDOW.get("to")),
            ExportFormat.JSONL,
            Samples.carol());
    List<String> spliced = lines(own);
    spliced.set(2, lines(hidden).get(2));

    assertThat(lines(hidden).get(2)).startsWith("{\"leaf\":");
    assertThat(verify(text(spliced), ExportFormat.JSONL))
        .isInstanceOfSatisfying(
            ExportVerification.Refused.class,
            refused -> assertThat(refused.why()).contains("an event that was asked for"));
  }

  @Test
  void a_cell_is_no_formula_and_says_what_the_evidence_says() {
    for (String id : List.of("=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "a\"b,c", "x\r\n=1")) {
      stage.write(
          AuditFacts.act(
              "note.written", new AuditFacts.Resource("note", id), JsonValue.EMPTY_JSON_OBJECT),
          Samples.request(Samples.bob()));
    }
    stage.sequence();
    String csv = export(WINDOW, ExportFormat.CSV, Samples.carol());

    assertThat(verified(csv, ExportFormat.CSV).events()).isEqualTo(6);
    assertThat(csv)
        .startsWith(CsvText.header())
        .contains(",'=cmd|' /C calc'!A0,")
        .contains(",'+1,")
        .contains(",'-1,")
        .contains(",'@SUM(1),")
        .contains(",\"a\"\"b,c\",")
        .doesNotContain(",=")
        .doesNotContain(",+1");
    assertRefused(
        csv.replaceFirst(",note\\.written,", ",note.deleted,"),
        ExportFormat.CSV,
        ErrorCode.EXPORT_INVALID);
    assertRefused(csv.replaceFirst("'=cmd", "=cmd"), ExportFormat.CSV, ErrorCode.EXPORT_INVALID);
    assertRefused(
        csv.replaceFirst("log_seq", "sequence"), ExportFormat.CSV, ErrorCode.EXPORT_INVALID);
  }

  @Test
  void a_key_that_is_not_the_logs_proves_nothing() {
    stage.acts(3);
    stage.sequence();
    String text = export(WINDOW, ExportFormat.JSONL, Samples.carol());
    log = new NoteKey(log.name(), Samples.key(99).publicKey());

    assertInvalid(text);
  }

  @Test
  void what_is_not_bounded_is_not_exported() {
    stage.acts(3);
    stage.sequence();

    assertThat(refusal(Map.of())).isEqualTo("TALOS_INVALID_INPUT");
    assertThat(refusal(Map.of("kind", "session.opened"))).isEqualTo("TALOS_INVALID_INPUT");
  }

  private String refusal(Map<String, String> filter) {
    return stage
        .exportEvents()
        .begin(EventFilter.of(filter), ExportFormat.JSONL, Samples.carol(), Samples.NOW)
        .match(part -> "a part", ErrorCode::name);
  }
}
