package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.talos.audit.event.Samples;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.Loss;
import io.talos.audit.tree.Published;
import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.BundleVerifier;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.log.Verification;
import io.talos.contracts.registry.Threat;
import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory sets the database back to an older copy, and wants nobody to notice what is gone. */
@Threat("T-AUDITTAMPERING-01")
class LostEntriesTest {
  private static final Instant LATER = Samples.NOW.plusSeconds(60);

  @TempDir Path folder;

  private AuditStage alice;
  private UuidV7 early;
  private UuidV7 waiting;
  private Published published;

  @BeforeEach
  void of_300_published_entries_100_are_left() {
    alice = new AuditStage(folder.resolve("alice"));
    early = alice.write(Samples.act("a.b"), Samples.request(Samples.bob()));
    alice.acts(99);
    alice.sequence();
    MemoryCopy copy = MemoryCopy.of(alice.rows);
    alice.acts(200);
    alice.sequence();
    published = alice.file.read().orElseThrow();
    copy.restore(alice.rows);
    waiting = alice.write(Samples.act("a.b"), Samples.request(Samples.bob()));
    assertThat(published.checkpoint().size()).isEqualTo(300);
  }

  private LogName current() {
    return alice.rows.current().orElseThrow();
  }

  private Published newest() {
    return alice.rows.latest(current()).orElseThrow();
  }

  private JsonObject firstEvent() {
    UuidV7 id =
        alice.rows.leaves.stream()
            .filter(leaf -> leaf.logId() == current().id() && leaf.logSeq() == 0)
            .findFirst()
            .orElseThrow()
            .eventId();
    return alice.events.find(id).orElseThrow();
  }

  private static Bytes hash(String text) {
    return Sha256.of(Bytes.utf8(text));
  }

  private static <T> T found(Reading<T> reading) {
    return reading.match(
        value -> value,
        code -> {
          throw new AssertionError(code);
        });
  }

  @Test
  void a_new_log_says_first_what_was_published_and_what_of_it_is_gone() {
    alice.sequence();

    assertThat(current().origin()).isEqualTo("talos.example/audit/logs/20261121T100000250Z");
    JsonObject event = firstEvent();
    assertThat(event.getString("kind")).isEqualTo("log.reopened");
    assertThat(event.getJsonObject("meta").getString("lost_checkpoint"))
        .isEqualTo(published.note().encoded());
    assertThat(event.getJsonObject("meta").getInt("lost_from")).isEqualTo(100);
    assertThat(event.getJsonObject("meta").getInt("lost_to")).isEqualTo(300);
    assertThat(alice.guard.halted()).isEmpty();
    assertThat(alice.file.read()).contains(newest());
  }

  @Test
  void what_waited_goes_into_the_new_log_and_the_old_one_never_grows_again() {
    alice.sequence();
    alice.acts(5);
    alice.sequence();

    assertThat(newest().checkpoint().size()).isEqualTo(7);
    assertThat(alice.rows.entryOf(waiting).orElseThrow().logId()).isEqualTo(current().id());
    LogName old = alice.rows.first().orElseThrow();
    assertThat(alice.rows.latest(old).orElseThrow().checkpoint().size()).isEqualTo(100);
    assertThat(alice.rows.entries(old)).isEqualTo(100);
  }

  @Test
  void what_is_left_of_the_old_log_is_proved_under_its_own_key_and_the_new_under_the_new() {
    alice.sequence();
    alice.sequence();

    assertProved(early, alice.rows.first().orElseThrow());
    assertProved(waiting, current());
  }

  private void assertProved(UuidV7 event, LogName log) {
    Bytes bundle =
        Bytes.utf8(
            found(alice.proveEvent().prove(event, Optional.empty(), Samples.bob()))
                .json()
                .toString());
    assertThat(new BundleVerifier(log.key()).verify(bundle))
        .isInstanceOf(Verification.Verified.class);
  }

  @Test
  void a_node_that_starts_on_the_older_copy_notices_by_its_file() {
    alice = alice.restarted().compared();

    assertThat(firstEvent().getString("kind")).isEqualTo("log.reopened");
    assertThat(alice.guard.seen()).contains(newest());
  }

  @Test
  void of_two_nodes_that_notice_one_opens_a_log_and_the_other_writes_on_in_it() {
    AuditStage bob = alice.restarted(folder.resolve("bob"));
    bob.guard.saw(published);
    alice.sequence();
    bob.acts(3);
    bob.sequence();
    bob.sequence();

    assertThat(alice.rows.logs).hasSize(2);
    assertThat(alice.rows.losses).hasSize(1);
    assertThat(newest().checkpoint().size()).isEqualTo(5);
    assertThat(bob.file.read()).contains(newest());
  }

  @Test
  void a_node_that_only_watched_does_not_write_on_in_a_copy_that_lost_what_it_saw() {
    AuditStage writing = new AuditStage(folder.resolve("writing"));
    writing.acts(100);
    writing.sequence();
    MemoryCopy copy = MemoryCopy.of(writing.rows);
    AuditStage watching = writing.restarted(folder.resolve("watching"));
    writing.acts(200);
    writing.sequence();
    watching.sequence();
    copy.restore(writing.rows);

    watching.acts(1);
    watching.sequence();

    LogName old = writing.rows.first().orElseThrow();
    assertThat(writing.rows.entries(old)).isEqualTo(100);
    assertThat(writing.rows.current()).isNotEqualTo(Optional.of(old));
    assertThat(watching.guard.halted()).isEmpty();
  }

  @Test
  void a_node_that_saw_more_than_the_one_that_opened_the_log_has_that_noted_too() {
    AuditStage bob = alice.restarted(folder.resolve("bob"));
    Checkpoint more = new Checkpoint(published.checkpoint().origin(), 310, hash("more"));
    bob.guard.saw(new Published(more, alice.keys.sign(current(), more.text())));
    alice.sequence();

    bob.sequencer().compare(LATER);
    bob.sequence();

    assertThat(alice.rows.logs).hasSize(2);
    assertThat(alice.rows.losses("talos.example/audit/log"))
        .extracting(loss -> loss.lost().checkpoint().size())
        .containsExactly(310L, 300L);
    assertThat(found(alice.serveLog().newest()).checkpoint().size()).isEqualTo(3);
  }

  @Test
  void a_copy_from_before_the_new_log_was_opened_gets_a_third_log_and_not_the_second_again() {
    MemoryCopy copy = MemoryCopy.of(alice.rows);
    alice.sequence();
    LogName second = current();
    Published lost = newest();
    copy.restore(alice.rows);

    alice.sequencer().compare(LATER);

    assertThat(current().origin()).isNotEqualTo(second.origin());
    assertThat(alice.rows.losses(second.origin()))
        .extracting(Loss::lost, Loss::surviving)
        .containsExactly(tuple(lost, 0L));
    assertThat(firstEvent().getJsonObject("meta").getString("lost_origin"))
        .isEqualTo(second.origin());
  }

  @Test
  void a_checkpoint_that_the_logs_key_did_not_sign_opens_nothing() {
    NoteSigner mallory = new NoteSigner(published.checkpoint().origin(), Samples.key(66));
    alice = alice.restarted();
    alice.guard.saw(
        new Published(published.checkpoint(), mallory.sign(published.checkpoint().text())));

    alice.sequence();

    assertNothingIsOpened();
  }

  @Test
  void an_older_copy_that_was_changed_besides_opens_nothing() {
    alice.rows.hashes.put("1:0:99", hash("changed"));

    alice.sequence();

    assertNothingIsOpened();
  }

  @Test
  void a_log_that_is_shorter_because_its_last_entry_was_taken_out_opens_nothing() {
    alice.rows.leaves.remove(99);

    alice.sequence();

    assertNothingIsOpened();
  }

  private void assertNothingIsOpened() {
    assertThat(alice.guard.halted()).isPresent();
    assertThat(alice.rows.logs).hasSize(1);
    assertThat(alice.rows.losses).isEmpty();
    ErrorCode refusal = alice.serveLog().newest().match(given -> ErrorCode.INTERNAL, code -> code);
    assertThat(refusal).isEqualTo(ErrorCode.AUDIT_LOG_HALTED);
  }

  @Test
  void strangers_are_told_of_both_logs_and_of_the_loss() {
    alice.sequence();

    var logs = alice.serveLog().logs();
    assertThat(logs)
        .extracting(ServeLog.Served::path)
        .containsExactly("/audit/logs/20261121T100000250Z", "/audit/log");
    assertThat(logs.get(0).losses()).hasSize(1);
    assertThat(logs.get(0).losses().get(0).event()).isEqualTo(firstEvent());
    assertThat(found(alice.serveLog().checkpoint(Optional.of("20261121T100000250Z"))))
        .isEqualTo(newest());
    assertThat(found(alice.serveLog().checkpoint(Optional.empty())).checkpoint().size())
        .isEqualTo(100);
    assertThat(found(alice.serveLog().key(Optional.of("20261121T100000250Z"))))
        .isEqualTo(current().key());
  }
}
