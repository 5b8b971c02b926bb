package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.event.LogCursor;
import io.talos.audit.event.Samples;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.registry.Threat;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Mallory wants those who follow the log to miss an event, or to be shown one that is not theirs.
 */
@Threat("T-AUDITTAMPERING-01")
class FollowedLogTest {
  private static final long ANY = Long.MAX_VALUE;

  @TempDir Path folder;
  private AuditStage stage;

  @BeforeEach
  void an_empty_log() {
    stage = new AuditStage(folder);
  }

  private FollowLog.Page page(EventFilter filter, LogCursor from, int limit, Principal reader) {
    return stage
        .followLog()
        .read(filter, from, ANY, limit, reader)
        .match(
            page -> page,
            code -> {
              throw new AssertionError(code);
            });
  }

  private String code(LogCursor from, long behindMax) {
    return stage
        .followLog()
        .read(EventFilter.all(), from, behindMax, 10, Samples.carol())
        .match(page -> "a page", ErrorCode::name);
  }

  private static LogCursor at(long logSeq) {
    return new LogCursor(1, logSeq);
  }

  @Test
  void pages_follow_the_log_whatever_the_times_and_ids_of_its_events_are() {
    stage.acts(25);
    stage.sequence();
    List<Long> seen = new ArrayList<>();
    LogCursor cursor = at(0);
    FollowLog.Page page;
    do {
      page = page(EventFilter.all(), cursor, 10, Samples.carol());
      page.events().forEach(logged -> seen.add(logged.logSeq()));
      cursor = page.next();
    } while (page.behind() > 0);

    assertThat(seen).hasSize(25).isSorted().doesNotHaveDuplicates();
    assertThat(page(EventFilter.all(), cursor, 10, Samples.carol()).isIdle()).isTrue();
  }

  @Test
  void what_no_checkpoint_covers_is_not_told_and_not_passed_over() {
    stage.acts(1);
    stage.sequence();
    stage.acts(1);

    FollowLog.Page before = page(EventFilter.all(), at(1), 10, Samples.carol());
    stage.sequence();
    FollowLog.Page after = page(EventFilter.all(), before.next(), 10, Samples.carol());

    assertThat(before.isIdle()).isTrue();
    assertThat(after.events()).hasSize(1);
  }

  @Test
  @Threat("T-METADATA-01")
  void an_agent_follows_its_own_events_only() {
    stage.write(Samples.act("a.b"), Samples.request(Samples.bob()));
    stage.write(Samples.act("a.b"), Samples.request(Samples.mallory()));
    stage.sequence();
    EventFilter bobs = EventFilter.of(Map.of("principal", Samples.bob().id()));

    FollowLog.Page own = page(EventFilter.all(), at(0), 10, Samples.mallory());
    FollowLog.Page foreign = page(bobs, at(0), 10, Samples.mallory());

    assertThat(own.events())
        .extracting(l -> l.event().getJsonObject("principal").getString("id"))
        .containsExactly(Samples.mallory().id());
    assertThat(foreign.events()).isEmpty();
    assertThat(foreign.next()).isEqualTo(at(2));
  }

  @Test
  void a_place_that_the_log_does_not_have_is_refused() {
    stage.acts(2);
    stage.sequence();

    assertThat(code(at(2), ANY)).isEqualTo("a page");
    assertThat(code(at(3), ANY)).isEqualTo("TALOS_INVALID_CURSOR");
    assertThat(code(new LogCursor(2, 0), ANY)).isEqualTo("TALOS_INVALID_CURSOR");
  }

  @Test
  @Threat("T-NETWORKDOS-01")
  void a_reader_that_is_to_be_up_to_date_and_is_not_is_told_so() {
    stage.acts(10);
    stage.sequence();

    assertThat(code(at(2), 8)).isEqualTo("a page");
    assertThat(code(at(1), 8)).isEqualTo("AUDIT_SLOW_CONSUMER");
    assertThat(code(at(1), ANY)).isEqualTo("a page");
  }

  @Test
  void one_begins_behind_the_newest_checkpoint_or_where_its_window_does() {
    stage.acts(3);
    stage.sequence();
    FollowLog follow = stage.followLog();
    EventFilter from = EventFilter.of(Map.of("from", "2026-11-21T10:00:00.250Z"));
    EventFilter later = EventFilter.of(Map.of("from", "2026-11-21T10:00:00.251Z"));

    assertThat(begin(follow, EventFilter.all())).isEqualTo(at(3));
    assertThat(begin(follow, from)).isEqualTo(at(0));
    assertThat(begin(follow, later)).isEqualTo(at(3));
  }

  private static LogCursor begin(FollowLog follow, EventFilter filter) {
    return follow
        .begin(filter)
        .match(
            cursor -> cursor,
            code -> {
              throw new AssertionError(code);
            });
  }

  @Test
  void a_log_that_is_stopped_tells_nothing() {
    stage.acts(1);
    stage.sequence();
    stage.guard.halt("test");

    assertThat(code(at(0), ANY)).isEqualTo("AUDIT_LOG_HALTED");
  }
}
