package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.event.Samples;
import io.talos.audit.tree.LogName;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.export.ExportFormat;
import io.talos.contracts.log.export.ExportReader;
import io.talos.contracts.log.export.ExportVerification;
import io.talos.contracts.log.export.ExportVerifier;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.time.WireTime;
import java.io.StringReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory says that there is nothing to show, or shows one log where evidence stands in two. */
@Threat("T-AUDITTAMPERING-01")
class DeniedEvidenceTest {
  private static final Instant BEFORE = Samples.NOW.minusSeconds(3_600);

  @TempDir Path folder;
  private AuditStage stage;

  @BeforeEach
  void a_log() {
    stage = new AuditStage(folder);
  }

  private static <T> T found(Reading<T> reading) {
    return reading.match(
        value -> value,
        code -> {
          throw new AssertionError(code);
        });
  }

  private static Map<String, String> window(Instant from, Instant to) {
    return Map.of("from", WireTime.format(from), "to", WireTime.format(to));
  }

  private String export(Map<String, String> filter, ExportFormat format) {
    ExportEvents export = stage.exportEvents();
    ExportEvents.Part part =
        found(export.begin(EventFilter.of(filter), format, Samples.carol(), Samples.NOW));
    StringBuilder text = new StringBuilder(part.text());
    while (part.next().isPresent()) {
      part = found(export.resume(part.next().get(), Samples.carol()));
      text.append(part.text());
    }
    return text.toString();
  }

  private String export(Map<String, String> filter) {
    return export(filter, ExportFormat.JSONL);
  }

  private List<NoteKey> keys() {
    return stage.rows.newest(10).stream().map(LogName::key).toList();
  }

  private ExportVerification verify(String text) {
    ExportFormat format = text.startsWith("{") ? ExportFormat.JSONL : ExportFormat.CSV;
    return new ExportVerifier(LogKeys.byLog(keys()))
        .verify(ExportReader.of(new StringReader(text), format));
  }

  private ExportVerification.Verified verified(String text) {
    return verify(text)
        .match(
            holds -> holds,
            refused -> {
              throw new AssertionError(refused.code() + " " + refused.why());
            });
  }

  private void assertRefused(String text, ErrorCode code) {
    assertThat(verify(text))
        .isInstanceOfSatisfying(
            ExportVerification.Refused.class,
            refused -> assertThat(refused.code()).as(refused.why()).isEqualTo(code));
  }

  private static List<String> lines(String text) {
    return new ArrayList<>(Arrays.asList(text.split("\n")));
  }

  private static String text(List<String> lines) {
    return String.join("\n", lines) + "\n";
  }

  private void acts(int count, Instant at) {
    for (int i = 0; i < count; i++) {
      stage.writeEvent.write(
          Samples.act("session.opened"), Optional.of(Samples.request(Samples.bob())), at);
    }
    stage.sequence();
  }

  /** Of 30 published entries 10 are left; five events come after. */
  private void reopened() {
    acts(10, BEFORE);
    MemoryCopy copy = MemoryCopy.of(stage.rows);
    acts(20, BEFORE);
    copy.restore(stage.rows);
    stage.sequence();
    acts(5, Samples.NOW);
    assertThat(stage.rows.logs).hasSize(2);
  }

  @Test
  void that_nothing_lies_in_a_window_is_shown_by_the_neighbours_around_it() {
    acts(4, BEFORE);
    acts(3, Samples.NOW);

    for (ExportFormat format : ExportFormat.values()) {
      ExportVerification.Verified gap =
          verified(export(window(BEFORE.plusMillis(1), Samples.NOW), format));
      assertThat(gap.last().head().begin()).isEqualTo(3);
      assertThat(gap.entries()).isEqualTo(2);
      assertThat(gap.events()).isZero();
      assertThat(gap.complete()).isTrue();
      assertThat(gap.open()).isFalse();
    }
    ExportVerification.Verified early = verified(export(Map.of("to", WireTime.format(BEFORE))));
    assertThat(early.last().head().end()).isEqualTo(1);
    ExportVerification.Verified late =
        verified(export(Map.of("from", WireTime.format(Samples.NOW.plusMillis(1)))));
    assertThat(late.last().head().begin()).isEqualTo(6);
    assertThat(late.events()).isZero();
    assertThat(late.open()).isTrue();
  }

  @Test
  void that_a_log_is_empty_is_shown_by_its_checkpoint() {
    ExportVerification.Verified proof = verified(export(window(BEFORE, Samples.NOW)));

    assertThat(proof.entries()).isZero();
    assertThat(proof.last().checkpoint().size()).isZero();
  }

  @Test
  void entries_that_lie_around_a_window_but_are_no_neighbours_do_not_show_that_it_is_empty() {
    acts(4, BEFORE);
    acts(3, Samples.NOW);
    List<String> lines = lines(export(window(BEFORE.plusMillis(1), Samples.NOW)));
    String asked = WireTime.format(BEFORE.plusMillis(1));

    List<String> wider = new ArrayList<>(lines);
    wider.set(0, lines.get(0).replace(asked, WireTime.format(BEFORE)));
    assertRefused(text(wider), ErrorCode.EXPORT_INVALID);
    List<String> without = new ArrayList<>(lines);
    without.subList(1, 3).clear();
    assertThat(verify(text(without))).isInstanceOf(ExportVerification.Refused.class);
    without.set(
        0,
        lines
            .get(0)
            .replace("\"begin\":3,\"end\":5", "\"begin\":0,\"end\":0")
            .replaceFirst("\"path\":\\[[^]]*]", "\"path\":[]"));
    assertRefused(text(without), ErrorCode.EXPORT_INVALID);
  }

  @Test
  void that_a_log_has_no_event_of_a_request_is_signed_and_not_claimed_to_be_proved() {
    acts(3, BEFORE);
    UuidV7 nobody = Samples.IDS.next(Samples.NOW);

    String text = export(Map.of("request", nobody.text()));
    ExportVerification.Verified proof = verified(text);

    assertThat(proof.entries()).isZero();
    assertThat(proof.complete()).isFalse();
    assertThat(proof.open()).isTrue();
    assertRefused(
        text.replace(nobody.text(), Samples.IDS.next(Samples.NOW).text()),
        ErrorCode.EXPORT_INVALID);
  }

  @Test
  void evidence_of_a_stopped_log_and_of_the_one_that_followed_is_one_export() {
    reopened();

    for (ExportFormat format : ExportFormat.values()) {
      ExportVerification.Verified proof =
          verified(export(window(BEFORE, Samples.NOW.plusMillis(1)), format));

      assertThat(proof.parts())
          .extracting(part -> part.checkpoint().origin())
          .containsExactly(
              "talos.example/audit/log", "talos.example/audit/logs/20261121T100000250Z");
      assertThat(proof.parts()).extracting(ExportVerification.Part::entries).contains(10L);
      assertThat(proof.events()).isEqualTo(proof.entries());
      assertThat(proof.losses())
          .singleElement()
          .satisfies(
              loss -> {
                assertThat(loss.from()).isEqualTo(10);
                assertThat(loss.to()).isEqualTo(30);
              });
      assertThat(proof.complete()).as("what is lost may have been asked for").isFalse();
    }
  }

  @Test
  void a_window_of_before_the_loss_shows_the_neighbours_in_the_log_that_followed_too() {
    reopened();

    ExportVerification.Verified proof = verified(export(window(BEFORE, BEFORE.plusMillis(1))));

    assertThat(proof.events()).isEqualTo(10);
    assertThat(proof.entries()).isEqualTo(11);
  }

  @Test
  void an_export_of_two_logs_goes_on_part_by_part_and_the_same_cursor_gives_the_same_part() {
    acts(700, BEFORE);
    MemoryCopy copy = MemoryCopy.of(stage.rows);
    acts(1, BEFORE);
    copy.restore(stage.rows);
    stage.sequence();
    acts(700, Samples.NOW);
    ExportEvents export = stage.exportEvents();
    EventFilter filter = EventFilter.of(window(BEFORE, Samples.NOW.plusMillis(1)));

    ExportEvents.Part part =
        found(export.begin(filter, ExportFormat.JSONL, Samples.carol(), Samples.NOW));
    StringBuilder text = new StringBuilder(part.text());
    while (part.next().isPresent()) {
      String cursor = part.next().get();
      acts(1, Samples.NOW);
      part = found(export.resume(cursor, Samples.carol()));
      assertThat(found(export.resume(cursor, Samples.carol()))).isEqualTo(part);
      text.append(part.text());
    }

    assertThat(verified(text.toString()).entries()).isGreaterThan(1_400);
  }

  @Test
  void neither_log_can_be_left_out_moved_or_exchanged() {
    reopened();
    Map<String, String> filter = window(BEFORE, Samples.NOW.plusMillis(1));
    List<String> lines = lines(export(filter));
    int second = 11;
    assertThat(lines.get(second)).startsWith("{\"schema_id\":");
    int tail = lines.size() - 1;

    List<String> withoutFirst = new ArrayList<>(lines.subList(second, lines.size()));
    List<String> withoutSecond = new ArrayList<>(lines.subList(0, second));
    withoutSecond.add(lines.get(tail));
    List<String> moved = new ArrayList<>(lines.subList(second, tail));
    moved.addAll(lines.subList(0, second));
    moved.add(lines.get(tail));
    List<String> twice = new ArrayList<>(lines.subList(0, tail));
    twice.addAll(lines.subList(second, lines.size()));
    for (List<String> forged : List.of(withoutFirst, withoutSecond, moved, twice)) {
      assertRefused(text(forged), ErrorCode.EXPORT_INVALID);
    }
    assertRefused(text(lines.subList(0, second)), ErrorCode.EXPORT_INCOMPLETE);

    List<String> unsaid = new ArrayList<>(lines);
    unsaid.set(second, lines.get(second).replaceFirst(",\"losses\":\\[.*]", ""));
    assertRefused(text(unsaid), ErrorCode.EXPORT_INVALID);
  }

  @Test
  void the_key_of_one_log_is_not_enough_for_both() {
    reopened();
    String text = export(window(BEFORE, Samples.NOW.plusMillis(1)));

    for (NoteKey key : keys()) {
      assertThat(
              new ExportVerifier(List.of(LogKeys.of(key)))
                  .verify(ExportReader.of(new StringReader(text), ExportFormat.JSONL)))
          .isInstanceOf(ExportVerification.Refused.class);
    }
  }
}
