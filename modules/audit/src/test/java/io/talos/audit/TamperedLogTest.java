package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.audit.event.Samples;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.MemoryLogRows;
import io.talos.audit.tree.Published;
import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.NoteSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory has the database and wants the log to go on as if nothing had been changed in it. */
class TamperedLogTest {
  @TempDir Path folder;

  private AuditStage stage;
  private UuidV7 known;

  @BeforeEach
  void a_log_of_300_entries() {
    stage = new AuditStage(folder);
    known = stage.write(Samples.act("a.b"), Samples.request(Samples.bob()));
    stage.acts(299);
    stage.sequence();
    assertThat(newest().size()).isEqualTo(300);
  }

  private LogName log() {
    return stage.rows.current().orElseThrow();
  }

  private Checkpoint newest() {
    return stage.rows.latest(log()).orElseThrow().checkpoint();
  }

  private void assertStopped() {
    int checkpoints = stage.rows.checkpoints.size();
    int leaves = stage.rows.leaves.size();
    stage.acts(1);
    int waiting = stage.events.outbox.size();

    stage.sequence();
    stage.sequence();

    assertThat(stage.guard.halted()).isPresent();
    assertThat(stage.rows.checkpoints).hasSize(checkpoints);
    assertThat(stage.rows.leaves).hasSize(leaves);
    assertThat(stage.events.outbox).hasSize(waiting);
    assertThat(code(stage.serveLog().newest())).isEqualTo(ErrorCode.AUDIT_LOG_HALTED);
    assertThat(code(stage.proveEvent().prove(known, Optional.empty(), Samples.bob())))
        .isEqualTo(ErrorCode.AUDIT_LOG_HALTED);
  }

  private static <T> ErrorCode code(Reading<T> reading) {
    return reading.match(
        value -> {
          throw new AssertionError("given out");
        },
        refusal -> refusal);
  }

  @Test
  void an_untouched_log_goes_on_after_a_restart_with_the_same_root() {
    Published before = stage.rows.latest(log()).orElseThrow();
    stage = stage.restarted();
    stage.acts(3);

    stage.sequence();

    assertThat(stage.guard.halted()).isEmpty();
    assertThat(newest().size()).isEqualTo(303);
    stage.history.check(before);
  }

  @Test
  void a_hash_at_the_edge_that_was_changed_stops_the_log() {
    stage.rows.hashes.put(MemoryLogRows.place(0, 299), Sha256.of());
    assertStopped();
  }

  @Test
  void a_tile_root_that_was_changed_stops_the_log() {
    stage.rows.hashes.put(MemoryLogRows.place(1, 0), Sha256.of());
    assertStopped();
  }

  @Test
  void a_hash_that_was_deleted_stops_the_log() {
    stage.rows.hashes.remove(MemoryLogRows.place(0, 299));
    assertStopped();
  }

  @Test
  void a_hash_that_was_slipped_in_stops_the_log() {
    stage.rows.hashes.put(MemoryLogRows.place(0, 300), Sha256.of());
    assertStopped();
  }

  @Test
  void an_entry_that_was_deleted_at_the_end_stops_the_log() {
    stage.rows.leaves.remove(299);
    assertStopped();
  }

  @Test
  void a_hash_or_an_entry_inside_that_was_changed_is_given_out_in_no_proof() {
    stage.rows.hashes.put(MemoryLogRows.place(0, 1), Sha256.of());

    assertThat(code(stage.proveEvent().prove(known, Optional.empty(), Samples.bob())))
        .isEqualTo(ErrorCode.AUDIT_LOG_HALTED);
  }

  @Test
  void a_checkpoint_that_another_key_signed_stops_the_log() {
    NoteSigner mallory = new NoteSigner(log().origin(), Samples.key(66));
    stage.rows.checkpoints.clear();
    stage.rows.sign(
        log(),
        new Published(checkpointOf(300), mallory.sign(checkpointOf(300).text())),
        Samples.NOW);
    assertStopped();
  }

  private static Checkpoint checkpointOf(long size) {
    return new Checkpoint("talos.example/audit/log", size, Sha256.of(Bytes.utf8("forged")));
  }

  @Test
  void a_database_that_was_set_back_and_grew_past_the_old_size_is_a_fork() {
    Published kept = stage.file.read().orElseThrow();
    setBackTo100();
    AuditStage forked = stage.restarted(folder.resolve("another node"));
    forked.acts(400);
    forked.sequence();

    assertThat(newest().size()).isEqualTo(500);
    assertThatThrownBy(() -> forked.history.check(kept)).isInstanceOf(TalosException.class);
    assertStopped();
  }

  /** The rows as a backup from an earlier moment would hold them, without a trace of the rest. */
  private void setBackTo100() {
    AuditStage backup = new AuditStage(folder.resolve("backup"));
    backup.acts(100);
    backup.sequence();
    stage.rows.hashes.clear();
    stage.rows.hashes.putAll(backup.rows.hashes);
    stage.rows.leaves.clear();
    stage.rows.leaves.addAll(backup.rows.leaves);
    stage.rows.checkpoints.clear();
    stage.rows.checkpoints.addAll(backup.rows.checkpoints);
    stage.events.outbox.clear();
  }

  @Test
  void a_kept_checkpoint_of_another_database_is_not_taken_for_this_ones() {
    NoteSigner other = new NoteSigner("other.example/log", Samples.key(8));
    Checkpoint foreign = new Checkpoint(other.name(), 0, newest().root());

    Published kept = new Published(foreign, other.sign(foreign.text()));
    assertThatThrownBy(() -> stage.history.check(kept))
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_LOG_HALTED));
  }

  @Test
  void a_checkpoint_file_that_was_overwritten_is_noticed() throws IOException {
    Files.writeString(stage.file.path(), "nothing to see here\n");

    assertThatThrownBy(() -> stage.file.read())
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.AUDIT_LOG_HALTED));
  }

  @Test
  void while_another_node_appends_this_one_goes_away_and_nothing_is_lost() {
    stage.rows.lockedByAnotherNode = true;
    stage.acts(4);

    stage.sequence();

    assertThat(newest().size()).isEqualTo(300);
    assertThat(stage.guard.halted()).isEmpty();
    stage.rows.lockedByAnotherNode = false;
    stage.sequence();
    assertThat(newest().size()).isEqualTo(304);
  }
}
