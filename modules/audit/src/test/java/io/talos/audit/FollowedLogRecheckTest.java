package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.recheck.BadRow;
import io.talos.audit.recheck.LogWalk;
import io.talos.audit.recheck.RecheckRows.StoredEntry;
import io.talos.audit.recheck.RecheckRows.StoredEvent;
import io.talos.audit.recheck.RecheckState;
import io.talos.audit.recheck.SeveralLogs;
import io.talos.audit.recheck.Verdict;
import io.talos.contracts.registry.Threat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory hides a row behind a log that was followed by another. */
@Threat("T-AUDITTAMPERING-01")
class FollowedLogRecheckTest {
  @TempDir Path folder;

  private AuditStage alice;
  private SeveralLogs rows;

  /**
   * The event that opens the second log is logged before events that its source counted earlier.
   */
  @BeforeEach
  void a_log_of_100_entries_and_the_one_that_followed() {
    alice = new AuditStage(folder);
    alice.acts(100);
    alice.sequence();
    MemoryCopy copy = MemoryCopy.of(alice.rows);
    Map<String, Long> counters = Map.copyOf(alice.events.sources);
    alice.acts(200);
    alice.sequence();
    copy.restore(alice.rows);
    alice.events.sources.putAll(counters);
    alice.acts(7);
    alice.sequence();
    alice.sequence();
    alice.acts(5);
    alice.sequence();
    assertThat(alice.rows.logs).hasSize(2);
    rows = new SeveralLogs(alice.rows, alice.events);
  }

  private Verdict recheck() {
    RecheckState state = new RecheckState();
    state.begin();
    return new LogWalk(rows, state, Runnable::run, 2).run();
  }

  @Test
  void both_logs_hold_though_the_second_begins_out_of_turn() {
    List<Long> numbers =
        rows.of(alice.rows.logs.get(1)).entries.stream()
            .filter(e -> sameSourceAsFirst(event(e).source()))
            .map(e -> event(e).sourceSeq())
            .toList();
    assertThat(numbers.get(0)).isGreaterThan(numbers.get(1));

    assertThat(recheck()).isEqualTo(new Verdict.Holds(100 + 1 + 7 + 5));
  }

  private static StoredEvent event(StoredEntry entry) {
    return Objects.requireNonNull(entry.event());
  }

  private boolean sameSourceAsFirst(String source) {
    return rows.of(alice.rows.logs.get(1)).event(0).source().equals(source);
  }

  @Test
  void a_number_that_is_skipped_later_in_the_second_log_is_a_gap() {
    alice.events.nextSeq("node-1/1");
    alice.acts(3);
    alice.sequence();
    rows = new SeveralLogs(alice.rows, alice.events);

    assertThat(table(recheck())).isEqualTo("audit.event");
  }

  @Test
  void an_entry_that_is_missing_in_the_second_log_is_named_with_its_log() {
    rows.of(alice.rows.logs.get(1)).entries.remove(3);

    assertThat(recheck())
        .isEqualTo(
            new Verdict.Broken(new BadRow("audit.leaf", "log_id=2, log_seq=3", "is missing")));
  }

  private static String table(Verdict verdict) {
    return verdict.match(holds -> "", broken -> broken.row().table(), cancelled -> "");
  }
}
