package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.anchors.AnchorSettings;
import io.talos.audit.anchors.Epoch;
import io.talos.audit.anchors.Evidence;
import io.talos.audit.anchors.Lane;
import io.talos.audit.anchors.Limits;
import io.talos.audit.anchors.MemoryAnchorRows;
import io.talos.audit.anchors.Progress;
import io.talos.audit.anchors.Task;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.anchor.Anchor;
import io.talos.contracts.log.anchor.AnchorKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mallory cuts a lane off for a day and hopes that something is forgotten. */
class SilentLaneTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final Duration EPOCH = Duration.ofMinutes(1);
  private static final int A_DAY = 24 * 60;

  private final GrowingLog log = new GrowingLog(2 * A_DAY, "entry ");
  private final AnchorSettings settings = ForkedLogTest.settings(List.of());
  private final MemoryAnchorRows rows = new MemoryAnchorRows();
  private final RunLane runLane = new RunLane(new KeepAnchors(rows, settings));
  private boolean away;

  /** A lane whose evidence says nothing; what it proves is told elsewhere. */
  private final class Switched implements Lane {
    private final AnchorKind kind;

    Switched(AnchorKind kind) {
      this.kind = kind;
    }

    @Override
    public AnchorKind kind() {
      return kind;
    }

    @Override
    public Progress advance(Task task, Instant now) {
      if (away && kind == AnchorKind.RFC3161) {
        throw new TalosException(ErrorCode.UPSTREAM_UNAVAILABLE, "away");
      }
      return Progress.done(List.of(new Evidence("it", Anchor.rfc3161(Bytes.utf8("x"), now))));
    }
  }

  private final Lane cut = new Switched(AnchorKind.RFC3161);
  private final Lane other = new Switched(AnchorKind.EVM);

  private Instant epoch(int number) {
    Instant now = START.plus(EPOCH.multipliedBy(number));
    rows.notes.put(number + 1L, log.note(number + 1L));
    rows.open(new Epoch(1, number + 1L, now, List.of(AnchorKind.RFC3161, AnchorKind.EVM)));
    return now;
  }

  @Test
  void after_a_day_without_one_lane_nothing_is_lost_and_the_other_was_never_late() {
    away = true;
    for (int i = 0; i < A_DAY; i++) {
      Instant now = epoch(i);
      assertThat(runLane.run(cut, "node-1", now).failed()).isPresent();
      assertThat(runLane.run(other, "node-1", now).failed()).isEmpty();
      assertThat(rows.tasks.values().stream().filter(t -> t.kind() == AnchorKind.EVM)).isEmpty();
    }
    away = false;
    Instant back = START.plus(EPOCH.multipliedBy(A_DAY)).plus(settings.retryMax());
    for (int run = 0; run <= A_DAY / Limits.BATCH; run++) {
      runLane.run(cut, "node-1", back.plusSeconds(run));
    }

    assertThat(rows.tasks).isEmpty();
    assertThat(rows.names(1, 1, AnchorKind.RFC3161)).containsExactly("it");
    assertThat(rows.names(1, A_DAY, AnchorKind.RFC3161)).containsExactly("it");
  }

  @Test
  void a_lane_that_is_away_is_asked_ever_more_seldom_up_to_the_setting() {
    away = true;
    Instant now = epoch(0);
    Duration before = Duration.ZERO;
    for (int i = 0; i < 15; i++) {
      runLane.run(cut, "node-1", now);
      Instant next = rows.next.getOrDefault("RFC3161:1", now);
      Duration wait = Duration.between(now, next);
      assertThat(wait).isGreaterThanOrEqualTo(before).isLessThanOrEqualTo(settings.retryMax());
      before = wait;
      now = next;
    }

    assertThat(before).isEqualTo(settings.retryMax());
    assertThat(rows.codes).containsEntry("RFC3161:1", "UPSTREAM_UNAVAILABLE");
  }

  @Test
  void evidence_that_is_reported_twice_is_kept_once() {
    Instant now = epoch(0);
    Task task = rows.due(AnchorKind.EVM, now, 1).get(0);
    KeepAnchors keep = new KeepAnchors(rows, settings);

    keep.keep(task, other.advance(task, now), now);
    keep.keep(task, other.advance(task, now.plusSeconds(9)), now.plusSeconds(9));

    assertThat(rows.evidence).hasSize(1);
    assertThat(rows.anchors(1, 1).get(0).json().getString("confirmed_at"))
        .isEqualTo("2026-03-01T00:00:00.000Z");
  }

  @Test
  void a_second_node_leaves_a_lane_alone_until_its_holder_is_silent() {
    Instant now = epoch(0);
    KeepAnchors keep = new KeepAnchors(rows, settings);

    assertThat(keep.take(AnchorKind.EVM, "node-1", now)).hasSize(1);
    assertThat(keep.take(AnchorKind.EVM, "node-2", now)).isEmpty();
    assertThat(keep.take(AnchorKind.EVM, "node-2", now.plus(Limits.LEASE))).isEmpty();
    assertThat(keep.take(AnchorKind.EVM, "node-2", now.plus(Limits.LEASE).plusMillis(1)))
        .hasSize(1);
  }
}
