package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.event.Samples;
import io.talos.audit.tree.Durability;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.Tile;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The primary dies between a commit and the standby's answer; nobody may have seen more. */
class UnreplicatedCheckpointTest {
  @TempDir Path folder;

  private AuditStage stage;
  private UuidV7 event;

  @BeforeEach
  void three_events_that_the_standby_does_not_have() {
    stage = new AuditStage(folder, Durability.STANDBY);
    event = stage.write(Samples.act("a.b"), Samples.request(Samples.bob()));
    stage.acts(2);
    stage.sequence();
  }

  private long served() {
    return stage
        .serveLog()
        .newest()
        .match(
            published -> published.checkpoint().size(),
            code -> {
              throw new AssertionError(code);
            });
  }

  @Test
  void what_no_standby_has_is_served_kept_and_proved_nowhere() {
    assertThat(stage.rows.latest(stage.rows.current().orElseThrow()).orElseThrow())
        .satisfies(signed -> assertThat(signed.checkpoint().size()).isEqualTo(3));

    assertThat(served()).isZero();
    // The empty log was given out when it was opened; no more than that is kept.
    assertThat(stage.file.read()).map(kept -> kept.checkpoint().size()).contains(0L);
    assertThat(stage.guard.seen()).map(seen -> seen.checkpoint().size()).contains(0L);
    assertThat(stage.serveLog().tile(Optional.empty(), Tile.ofEntries(0, 1)))
        .isEqualTo(new Reading.Refused<>(ErrorCode.NOT_FOUND));
    assertThat(stage.proveEvent().prove(event, Optional.empty(), Samples.bob()))
        .isEqualTo(new Reading.Refused<>(ErrorCode.AUDIT_PROOF_PENDING));
  }

  @Test
  void it_is_given_out_as_soon_as_the_standby_has_it_though_nothing_new_happens() {
    stage.rows.onStandby = 2;
    stage.sequence();
    assertThat(served()).isZero();

    stage.rows.onStandby = 3;
    stage.sequence();

    assertThat(served()).isEqualTo(3);
    assertThat(stage.file.read().orElseThrow().checkpoint().size()).isEqualTo(3);
  }

  @Test
  void a_node_that_waits_for_no_standby_gives_it_out_though_nothing_new_happens() {
    stage = stage.restarted(Durability.ASYNC);

    stage.sequence();

    assertThat(served()).isEqualTo(3);
    assertThat(stage.file.read().orElseThrow().checkpoint().size()).isEqualTo(3);
  }

  @Test
  void a_promotion_that_loses_it_loses_nothing_that_was_published() {
    MemoryCopy copy = MemoryCopy.of(stage.rows);
    stage.rows.onStandby = 3;
    stage.sequence();
    stage.rows.onStandby = 3;
    stage.acts(4);
    stage.sequence();
    copy.restore(stage.rows);

    stage.sequence();

    assertThat(stage.rows.logs).hasSize(1);
    assertThat(stage.guard.halted()).isEmpty();
  }

  @Test
  void what_is_left_of_a_stopped_log_is_served_to_its_end() {
    stage.rows.onStandby = 3;
    stage.sequence();
    stage.acts(2);
    stage.sequence();
    MemoryCopy copy = MemoryCopy.of(stage.rows);
    stage.rows.onStandby = 7;
    stage.sequence();
    stage.acts(2);
    stage.sequence();
    assertThat(served()).isEqualTo(7);
    copy.restore(stage.rows);
    stage.rows.onStandby = 0;

    stage.sequence();

    assertThat(stage.rows.logs).hasSize(2);
    assertThat(stage.rows.published(stage.rows.first().orElseThrow()))
        .map(published -> published.checkpoint().size())
        .contains(5L);
  }

  @Test
  void what_was_seen_published_stays_published_when_the_promoted_database_forgot_it() {
    stage.rows.onStandby = 3;
    stage.sequence();
    stage.rows.given.remove("1:3");
    stage.rows.onStandby = 0;

    stage.sequence();

    assertThat(served()).isEqualTo(3);
  }
}
