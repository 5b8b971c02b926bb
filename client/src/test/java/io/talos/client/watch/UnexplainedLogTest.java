package io.talos.client.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7Generator;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogOrigin;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.log.SaidLoss;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.schema.SchemaLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Mallory stops a log, opens another one and hopes that nobody asks what became of what was seen.
 * Of 300 entries that Carol saw 100 are left; two of their sources' events still waited.
 */
@Threat("T-AUDITTAMPERING-01")
class UnexplainedLogTest {
  private static final String OLD = "talos.example/audit/log";

  private final Randomness randomness = Randomness.secure();
  private final Ed25519.KeyPair key = Ed25519.generate(randomness);
  private final ServedLog old = new ServedLog();
  private final ServedLog following = new ServedLog();
  private final List<SaidLoss> told = new ArrayList<>();
  private Watched seen = Watched.nothing(new NoteSigner(OLD, key).verifier(), ServedLog.NOW);
  private SignedNote published = old.signer.sign("not yet\n");

  @BeforeEach
  void of_300_entries_that_carol_saw_100_are_left() {
    old.signer = new NoteSigner(OLD, key);
    following.signer = new NoteSigner(LogOrigin.following(OLD, ServedLog.NOW), key);
    old.grow(300);
    seen = holds(new LogWatch(Optional.empty()).look(seen, old, ServedLog.NOW));
    published = seen.checkpoint().orElseThrow();
    setBack(old, 100);
  }

  private static void setBack(ServedLog log, int size) {
    log.entries.subList(size, log.entries.size()).clear();
  }

  private SaidLoss loss(
      String kind, String source, long number, String origin, long from, long to, SignedNote note) {
    return SaidLoss.of(
        AuditEvent.of(
                AuditFacts.act(
                    kind,
                    new AuditFacts.Resource("log", following.signer.name()),
                    Json.createObjectBuilder()
                        .add("lost_origin", origin)
                        .add("lost_checkpoint", note.encoded())
                        .add("lost_from", from)
                        .add("lost_to", to)
                        .build()),
                Optional.empty(),
                new AuditEvent.Place(
                    new UuidV7Generator(randomness).next(ServedLog.NOW),
                    ServedLog.NOW,
                    source,
                    number),
                randomness)
            .json());
  }

  private void logged(SaidLoss loss) {
    told.add(loss);
    following.entries.add(loss.leaf(following.entries.size()).bytes());
  }

  /** The event that opens the log has number 35, and 33 and 34 of its source wait. */
  private void opened(long from, long to, SignedNote note) {
    logged(loss("log.reopened", "node-1/1", 35, OLD, from, to, note));
    following.log("node-1/1", 33, "a.b");
    following.log("node-1/1", 34, "a.b");
  }

  private Look begin() {
    return begin(seen, following);
  }

  private Look begin(Watched stopped, ServedLog next) {
    return new FollowedLog(
            stopped, old, next.signer.verifier(), told, new LogWatch(Optional.empty()))
        .begin(next, ServedLog.NOW);
  }

  private static Watched holds(Look look) {
    return look.match(
        Look.Holds::now,
        alarm -> {
          throw new AssertionError(alarm.code() + ": " + alarm.why());
        });
  }

  private static Look.Alarm assertAlarm(Look look, ErrorCode code) {
    assertThat(look).isInstanceOf(Look.Alarm.class);
    Look.Alarm alarm = (Look.Alarm) look;
    assertThat(alarm.code()).as(alarm.why()).isEqualTo(code);
    return alarm;
  }

  private SignedNote signed(String origin, long size) {
    Bytes root = Sha256.of(Bytes.utf8("lost"));
    return new NoteSigner(origin, key).sign(new Checkpoint(origin, size, root).text());
  }

  @Test
  void a_log_that_says_first_what_was_lost_is_followed_with_the_numbers_that_are_left() {
    opened(100, 300, published);

    Watched begun = holds(begin());
    assertThat(begun.size()).isEqualTo(3);
    assertThat(begun.sources()).containsEntry("node-1/0", 34L).containsEntry("node-1/1", 36L);
    assertThat(Watched.parse(Bytes.utf8(begun.text()), new SchemaLibrary())).isEqualTo(begun);

    following.log("node-1/0", 34, "a.b");
    following.log("node-1/1", 36, "a.b");
    following.log("node-2/0", 0, "a.b");
    assertThat(new LogWatch(Optional.empty()).look(begun, following, ServedLog.NOW))
        .isInstanceOf(Look.Holds.class);
  }

  @Test
  void what_still_waits_when_carol_looks_first_may_come_later_and_nothing_else_may() {
    logged(loss("log.reopened", "node-1/1", 35, OLD, 100, 300, published));
    Watched begun = holds(begin());
    Watched kept = Watched.parse(Bytes.utf8(begun.text()), new SchemaLibrary());
    assertThat(kept).isEqualTo(begun);

    following.log("node-1/1", 33, "a.b");
    following.log("node-1/1", 34, "a.b");
    following.log("node-1/1", 35, "a.b");
    assertAlarm(
        new LogWatch(Optional.empty()).look(kept, following, ServedLog.NOW),
        ErrorCode.AUDIT_LOG_GAP);
    setBack(following, 2);
    following.log("node-1/1", 36, "a.b");
    assertAlarm(
        new LogWatch(Optional.empty()).look(kept, following, ServedLog.NOW),
        ErrorCode.AUDIT_LOG_GAP);
  }

  @Test
  void a_number_that_was_neither_left_nor_lost_cannot_be_left_out() {
    for (long number : new long[] {33, 35, 100}) {
      opened(100, 300, published);
      following.log("node-1/0", number, "a.b");
      assertThat(assertAlarm(begin(), ErrorCode.AUDIT_LOG_GAP).why())
          .isEqualTo("node-1/0 goes from 34 to " + number);
      following.entries.clear();
      told.clear();
    }
    opened(100, 300, published);
    following.log("node-9/0", 1, "a.b");
    assertAlarm(begin(), ErrorCode.AUDIT_LOG_GAP);
  }

  @Test
  void a_log_that_begins_with_anything_else_does_not_follow() {
    following.log("node-1/0", 34, "a.b");
    assertAlarm(begin(), ErrorCode.AUDIT_LOG_NOT_FOLLOWED);

    told.add(loss("log.reopened", "node-1/0", 35, OLD, 100, 300, published));
    assertAlarm(begin(), ErrorCode.AUDIT_LOG_NOT_FOLLOWED);
    following.entries.add(told.get(0).leaf(1).bytes());
    assertAlarm(begin(), ErrorCode.AUDIT_LOG_NOT_FOLLOWED);
  }

  @Test
  void a_loss_of_another_log_or_under_a_strangers_key_explains_nothing() {
    logged(
        loss("log.reopened", "node-1/1", 33, "mallory/log", 100, 300, signed("mallory/log", 300)));
    assertAlarm(begin(), ErrorCode.AUDIT_LOG_NOT_FOLLOWED);

    told.clear();
    following.entries.clear();
    NoteSigner mallory = new NoteSigner(OLD, Ed25519.generate(randomness));
    logged(loss("log.reopened", "node-1/1", 33, OLD, 100, 300, mallory.sign(published.text())));
    assertAlarm(begin(), ErrorCode.AUDIT_LOG_NOT_FOLLOWED);
  }

  @Test
  void a_range_that_is_not_what_is_missing_does_not_follow() {
    opened(99, 300, published);
    assertAlarm(begin(), ErrorCode.AUDIT_LOG_NOT_FOLLOWED);
    told.clear();
    following.entries.clear();
    opened(101, 300, published);
    assertAlarm(begin(), ErrorCode.AUDIT_LOG_NOT_FOLLOWED);
  }

  @Test
  void less_than_carol_saw_is_told_unless_a_later_event_tells_of_it() {
    opened(100, 299, signed(OLD, 299));
    assertThat(assertAlarm(begin(), ErrorCode.AUDIT_LOG_ROLLED_BACK).evidence())
        .containsExactly(published, signed(OLD, 299));

    SaidLoss found = loss("log.loss_found", "node-1/1", 36, OLD, 100, 300, published);
    told.add(found);
    assertAlarm(begin(), ErrorCode.AUDIT_LOG_ROLLED_BACK);
    told.remove(1);
    logged(found);
    holds(begin());
  }

  @Test
  void another_root_over_what_carol_saw_is_a_fork() {
    opened(100, 300, signed(OLD, 300));

    assertThat(assertAlarm(begin(), ErrorCode.AUDIT_LOG_FORKED).evidence())
        .containsExactly(published, signed(OLD, 300));
  }

  @Test
  void more_that_was_published_than_carol_saw_is_believed_to_the_logs_key() {
    opened(100, 310, signed(OLD, 310));

    assertThat(holds(begin()).size()).isEqualTo(3);
  }

  @Test
  void what_carol_saw_when_nothing_of_it_is_lost_is_read_on_to_its_end() {
    ServedLog before = new ServedLog();
    before.signer = old.signer;
    before.grow(60);
    Watched early =
        holds(
            new LogWatch(Optional.empty())
                .look(
                    Watched.nothing(old.signer.verifier(), ServedLog.NOW), before, ServedLog.NOW));
    opened(100, 300, published);

    assertThat(holds(begin(early, following)).sources()).containsEntry("node-1/0", 34L);
    old.entries.set(3, ServedLog.entry(3, "node-1/0", 1, "other.kind"));
    assertAlarm(begin(early, following), ErrorCode.AUDIT_LOG_FORKED);
  }

  @Test
  void what_is_left_cannot_be_rewritten_under_complete_subtrees_or_in_its_numbers() {
    old.grow(0);
    old.entries.clear();
    ServedLog again = new ServedLog();
    again.grow(280);
    old.entries.addAll(again.entries);
    opened(280, 300, published);
    Look honest = begin();
    old.entries.set(7, ServedLog.entry(7, "node-1/1", 2, "other.kind"));
    Look rewritten = begin();
    old.entries.clear();
    old.entries.addAll(again.entries);
    old.entries.set(279, ServedLog.entry(279, "node-7/0", 0, "a.b"));
    Look renumbered = begin();

    assertAlarm(honest, ErrorCode.AUDIT_LOG_GAP);
    assertAlarm(rewritten, ErrorCode.AUDIT_LOG_FORKED);
    assertAlarm(renumbered, ErrorCode.AUDIT_LOG_FORKED);
  }

  @Test
  void a_third_log_goes_on_from_the_second_even_when_little_or_nothing_of_that_is_left() {
    opened(100, 300, published);
    Watched second = holds(begin());
    SignedNote lost = second.checkpoint().orElseThrow();
    ServedLog third = new ServedLog();
    third.signer = new NoteSigner(LogOrigin.following(OLD, ServedLog.NOW.plusSeconds(9)), key);
    told.clear();
    SaidLoss loss = loss("log.reopened", "node-1/1", 36, following.signer.name(), 1, 3, lost);
    told.add(loss);
    third.entries.add(loss.leaf(0).bytes());
    third.log("node-1/1", 33, "a.b");
    third.log("node-1/1", 34, "a.b");
    third.log("node-1/1", 37, "a.b");
    setBack(following, 1);

    Watched begun =
        holds(
            new FollowedLog(
                    second,
                    following,
                    third.signer.verifier(),
                    told,
                    new LogWatch(Optional.empty()))
                .begin(third, ServedLog.NOW));
    assertThat(begun.sources()).containsEntry("node-1/1", 38L).containsEntry("node-1/2", 33L);

    told.clear();
    third.entries.clear();
    logged(loss("log.reopened", "node-1/1", 33, following.signer.name(), 0, 3, lost));
    third.entries.add(told.get(0).leaf(0).bytes());
    assertThat(holds(begin(second, third)).sources()).containsEntry("node-1/1", 34L);
  }

  @Test
  void a_log_that_is_still_empty_is_looked_at_again() {
    told.add(loss("log.reopened", "node-1/1", 33, OLD, 100, 300, published));

    assertThatThrownBy(this::begin).isInstanceOf(TalosException.class);
  }
}
