package io.talos.client.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.Tile;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.schema.SchemaLibrary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mallory runs the server and has the log's key, and still cannot take back what was seen. */
@Threat("T-AUDITTAMPERING-01")
class RewrittenLogTest {
  private static final Duration STALE = Duration.ofMinutes(5);

  private final ServedLog log = new ServedLog();
  private final LogWatch watch = new LogWatch(Optional.empty());
  private Watched seen = Watched.nothing(log.signer.verifier(), ServedLog.NOW);

  @BeforeEach
  void carol_saw_300_entries() {
    log.grow(300);
    seen = holds(look());
  }

  private Look look() {
    return watch.look(seen, log, ServedLog.NOW);
  }

  private static Watched holds(Look look) {
    return look.match(
        Look.Holds::now,
        alarm -> {
          throw new AssertionError(alarm.code() + ": " + alarm.why());
        });
  }

  private List<SignedNote> assertAlarm(ErrorCode code) {
    // An alarm is not forgotten: whoever looks again is told again.
    assertThat(look()).isInstanceOf(Look.Alarm.class);
    return look()
        .match(
            holds -> {
              throw new AssertionError("nothing was noticed at " + holds.now().size());
            },
            alarm -> {
              assertThat(alarm.code()).as(alarm.why()).isEqualTo(code);
              return alarm.evidence();
            });
  }

  private void assertTwoSignedHistories(List<SignedNote> evidence) {
    assertThat(evidence).hasSize(2).doesNotHaveDuplicates();
    assertThat(evidence).allMatch(note -> note.isSignedBy(log.signer.verifier()));
  }

  @Test
  void a_log_that_only_grows_is_followed_whatever_the_steps() {
    for (int step : new int[] {0, 1, 1, 210, 0, 256, 257, 511, 3}) {
      log.grow(step);
      Look look = look();

      seen = holds(look);
      assertThat(look).isEqualTo(new Look.Holds(seen, step));
      assertThat(seen.size()).isEqualTo(log.entries.size());
      assertThat(seen.grownAt()).isEqualTo(ServedLog.NOW);
      assertThat(Watched.parse(Bytes.utf8(seen.text()), new SchemaLibrary())).isEqualTo(seen);
    }
    assertThat(seen.sources()).containsOnlyKeys("node-1/0", "node-1/1", "node-1/2");
  }

  @Test
  void a_log_that_is_still_empty_is_one_too() {
    ServedLog empty = new ServedLog();
    Watched nothing = Watched.nothing(empty.signer.verifier(), ServedLog.NOW);

    assertThat(holds(watch.look(nothing, empty, ServedLog.NOW)).size()).isZero();
  }

  @Test
  void an_entry_that_was_rewritten_is_a_fork_even_when_the_log_grew_since() {
    log.entries.set(100, ServedLog.entry(100, "node-1/1", 33, "other.kind"));
    log.grow(7);

    assertTwoSignedHistories(assertAlarm(ErrorCode.AUDIT_LOG_FORKED));
  }

  @Test
  void a_tail_that_was_rewritten_is_a_fork() {
    log.entries.subList(250, 300).clear();
    for (int i = 0; i < 80; i++) {
      log.log("node-2/0", i, "b.c");
    }

    assertTwoSignedHistories(assertAlarm(ErrorCode.AUDIT_LOG_FORKED));
  }

  @Test
  void two_roots_for_one_size_are_a_fork() {
    log.entries.set(299, ServedLog.entry(299, "node-1/2", 99, "other.kind"));

    assertTwoSignedHistories(assertAlarm(ErrorCode.AUDIT_LOG_FORKED));
  }

  @Test
  void a_log_that_was_set_back_is_noticed() {
    log.entries.subList(200, 300).clear();

    assertTwoSignedHistories(assertAlarm(ErrorCode.AUDIT_LOG_ROLLED_BACK));
  }

  @Test
  void an_event_that_was_deleted_before_it_was_logged_is_a_gap() {
    log.log("node-1/1", log.next("node-1/1") + 1, "a.b");
    log.grow(20);

    assertAlarm(ErrorCode.AUDIT_LOG_GAP);
  }

  @Test
  void a_number_that_comes_twice_or_a_source_that_begins_later_is_a_gap() {
    log.log("node-1/1", log.next("node-1/1") - 1, "a.b");
    assertAlarm(ErrorCode.AUDIT_LOG_GAP);

    log.entries.remove(300);
    log.log("node-9/0", 1, "a.b");
    assertAlarm(ErrorCode.AUDIT_LOG_GAP);
  }

  @Test
  void what_is_withheld_cut_or_exchanged_is_told_as_missing() {
    log.grow(100);
    List<Bytes> tail = log.entries.subList(256, 400);
    List<Bytes> changed = new ArrayList<>(tail);
    changed.set(80, ServedLog.entry(336, "node-1/0", 112, "other.kind"));
    Bytes hashes = log.tile(Tile.ofHashes(0, 1, 144)).orElseThrow();
    Bytes otherHashes =
        changed.stream()
            .map(MerkleTree::leafHash)
            .reduce(Bytes.empty(), (all, hash) -> all.concat(hash));

    for (Optional<Bytes> bundle :
        List.of(
            Optional.<Bytes>empty(),
            Optional.of(Bytes.empty()),
            Optional.of(ServedLog.bundle(tail.subList(0, 143))),
            Optional.of(ServedLog.bundle(tail).slice(0, 20_000)),
            Optional.of(ServedLog.bundle(changed)))) {
      log.instead.put("entries/001.p/144", bundle);
      assertAlarm(ErrorCode.AUDIT_LOG_INCOMPLETE);
    }
    log.instead.clear();
    for (Optional<Bytes> tile :
        List.of(
            Optional.<Bytes>empty(), Optional.of(hashes.slice(0, 32)), Optional.of(otherHashes))) {
      log.instead.put("0/001.p/144", tile);
      assertAlarm(ErrorCode.AUDIT_LOG_INCOMPLETE);
    }
    log.instead.put("entries/001.p/144", Optional.of(ServedLog.bundle(changed)));
    assertAlarm(ErrorCode.AUDIT_LOG_INCOMPLETE);
    log.instead.clear();
    assertThat(holds(look()).size()).isEqualTo(400);
  }

  @Test
  void an_entry_that_is_none_or_lies_elsewhere_is_told() {
    log.entries.add(Bytes.utf8("{}"));
    assertAlarm(ErrorCode.AUDIT_LOG_INCOMPLETE);

    log.entries.set(300, ServedLog.entry(301, "node-1/0", 100, "a.b"));
    assertAlarm(ErrorCode.AUDIT_LOG_INCOMPLETE);

    Bytes spaced = Bytes.utf8(ServedLog.entry(300, "node-1/0", 100, "a.b").utf8() + " ");
    log.entries.set(300, spaced);
    assertAlarm(ErrorCode.AUDIT_LOG_INCOMPLETE);
  }

  @Test
  void another_key_under_the_same_name_is_not_believed() {
    log.signer = new NoteSigner(log.signer.name(), Ed25519.generate(Randomness.secure()));
    log.grow(1);

    assertAlarm(ErrorCode.PROOF_INVALID);
  }

  @Test
  void a_log_that_stands_still_is_stale_at_exactly_the_time_that_was_said() {
    LogWatch impatient = new LogWatch(Optional.of(STALE));

    holds(impatient.look(seen, log, ServedLog.NOW.plus(STALE).minusMillis(1)));
    Look late = impatient.look(seen, log, ServedLog.NOW.plus(STALE));
    log.grow(1);

    assertThat(late)
        .isInstanceOfSatisfying(
            Look.Alarm.class, a -> assertThat(a.code()).isEqualTo(ErrorCode.AUDIT_LOG_STALE));
    holds(impatient.look(seen, log, ServedLog.NOW.plus(STALE)));
  }

  @Test
  void a_log_that_says_it_is_stopped_is_told() {
    LogSource stopped = throwing(ErrorCode.AUDIT_LOG_HALTED);
    LogSource away = throwing(ErrorCode.UPSTREAM_UNAVAILABLE);

    assertThat(watch.look(seen, stopped, ServedLog.NOW))
        .isInstanceOfSatisfying(
            Look.Alarm.class, a -> assertThat(a.code()).isEqualTo(ErrorCode.AUDIT_LOG_HALTED));
    assertThatThrownBy(() -> watch.look(seen, away, ServedLog.NOW))
        .isInstanceOf(TalosException.class);
  }

  private static LogSource throwing(ErrorCode code) {
    return new LogSource() {
      @Override
      public Bytes checkpoint() {
        throw new TalosException(code, "as the test says");
      }

      @Override
      public Optional<Bytes> tile(Tile tile) {
        throw new TalosException(code, "as the test says");
      }
    };
  }

  @Test
  void a_state_that_mallory_changed_is_refused() {
    String text = seen.text();
    List<String> bent =
        List.of(
            "",
            "{}",
            text.replace("\"size\":300", "\"size\":299"),
            text.replaceFirst("\"frontier\":\\[\"[0-9a-f]{2}", "\"frontier\":[\"00"),
            text.replaceFirst(",\"checkpoint\":\"[^\"]*\"", ""),
            text.replace("talos.log_watch", "talos.other"),
            text.replaceFirst("\"node-1/0\":100", "\"node-1/0\":-1"));

    for (String state : bent) {
      assertThat(state).isNotEqualTo(text);
      assertThatThrownBy(() -> Watched.parse(Bytes.utf8(state), new SchemaLibrary()))
          .isInstanceOf(TalosException.class);
    }
  }
}
