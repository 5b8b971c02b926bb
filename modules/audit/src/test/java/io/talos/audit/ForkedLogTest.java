package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.anchors.AnchorSettings;
import io.talos.audit.witness.Cosigning;
import io.talos.audit.witness.MemoryWitnessRows;
import io.talos.audit.witness.WitnessKeys;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.CheckpointContradicted;
import io.talos.contracts.log.AddCheckpoint;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.NoteSigner;
import io.talos.runtime.http.Reach;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Mallory runs a log and wants a witness to vouch for two histories of it. */
class ForkedLogTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final GrowingLog log = new GrowingLog(20, "entry ");
  private final GrowingLog fork = new GrowingLog(20, "other ");
  private final MemoryWitnessRows rows = new MemoryWitnessRows();
  private final Heard<CheckpointContradicted> heard = new Heard<>();
  private final WitnessCheckpoint witness = witness(List.of(log.signer.verifier()));

  private WitnessCheckpoint witness(List<NoteKey> logs) {
    return new WitnessCheckpoint(
        rows,
        new WitnessKeys("bob.example/witness", () -> GrowingLog.keys(9).seed()),
        settings(logs),
        heard);
  }

  static AnchorSettings settings(List<NoteKey> logs) {
    return new AnchorSettings(
        Duration.ofSeconds(60),
        Duration.ofSeconds(600),
        Reach.PUBLIC,
        List.of(),
        1,
        Optional.empty(),
        Optional.empty(),
        true,
        8,
        "bob.example/witness",
        logs);
  }

  /** One request in one transaction. */
  private Cosigning ask(AddCheckpoint request) {
    try {
      return witness.cosign(request, NOW);
    } finally {
      if (rows.lock.isHeldByCurrentThread()) {
        rows.lock.unlock();
      }
    }
  }

  private Cosigning ask(GrowingLog whose, long old, long size) {
    return ask(new AddCheckpoint(old, whose.growth(old, size), whose.note(size)));
  }

  private static String told(Cosigning answer) {
    return answer.match(line -> "cosigned", size -> "conflict " + size, ErrorCode::name);
  }

  @Test
  void a_log_that_only_grows_is_cosigned_from_its_first_checkpoint_on() {
    assertThat(told(ask(log, 0, 5))).isEqualTo("cosigned");
    assertThat(told(ask(log, 5, 13))).isEqualTo("cosigned");
    assertThat(told(ask(log, 13, 13))).isEqualTo("cosigned");

    assertThat(rows.cosigned).containsExactly(log.checkpoint(5), log.checkpoint(13));
  }

  @Test
  void what_the_witness_gives_out_verifies_with_its_key() {
    Cosigning answer = ask(log, 0, 5);

    Optional<Instant> time =
        answer.match(
            line -> witness.key().cosigned(log.note(5).text(), List.of(line)),
            size -> Optional.empty(),
            code -> Optional.empty());
    assertThat(time).contains(NOW);
  }

  @Test
  void a_log_that_is_set_back_is_refused_and_told_what_the_witness_knows() {
    ask(log, 0, 13);

    assertThat(told(ask(log, 5, 7))).isEqualTo("conflict 13");
    assertThat(told(ask(log, 0, 5))).isEqualTo("conflict 13");
    assertThat(rows.cosigned).containsExactly(log.checkpoint(13));
  }

  @Test
  void another_history_of_the_same_size_is_refused_kept_and_audited_once() {
    ask(log, 0, 13);

    assertThat(told(ask(fork, 13, 13))).isEqualTo("conflict 13");
    assertThat(told(ask(fork, 0, 13))).isEqualTo("conflict 13");
    assertThat(rows.cosigned).containsExactly(log.checkpoint(13));
    assertThat(rows.contradictions).containsExactly(fork.checkpoint(13));
    assertThat(heard.events).hasSize(1);
    assertThat(heard.events.get(0).facts().kind()).isEqualTo("checkpoint.contradicted");
  }

  @Test
  void another_history_that_grew_on_is_refused_with_whatever_proof() {
    ask(log, 0, 5);

    assertThat(told(ask(fork, 5, 13))).isEqualTo("WITNESS_PROOF_INVALID");
    assertThat(told(ask(new AddCheckpoint(5, log.growth(5, 13), fork.note(13)))))
        .isEqualTo("WITNESS_PROOF_INVALID");
    assertThat(told(ask(new AddCheckpoint(5, List.of(), log.note(13)))))
        .isEqualTo("WITNESS_PROOF_INVALID");
    assertThat(rows.cosigned).containsExactly(log.checkpoint(5));
  }

  @Test
  void a_wrong_old_size_is_told_the_right_one() {
    assertThat(told(ask(log, 3, 5))).isEqualTo("conflict 0");
    ask(log, 0, 5);

    assertThat(told(ask(log, 4, 13))).isEqualTo("conflict 5");
    assertThat(told(ask(new AddCheckpoint(14, List.of(), log.note(13)))))
        .isEqualTo("WITNESS_REQUEST_INVALID");
  }

  @Test
  void a_log_that_nobody_listed_and_a_signature_of_mallory_are_refused() {
    NoteSigner mallory = new NoteSigner(GrowingLog.ORIGIN, GrowingLog.keys(2));
    NoteSigner stranger = new NoteSigner("mallory.example/log", GrowingLog.keys(2));
    String text = log.checkpoint(5).text();
    String theirs = text.replace(GrowingLog.ORIGIN, "mallory.example/log");

    assertThat(told(ask(new AddCheckpoint(0, List.of(), mallory.sign(text)))))
        .isEqualTo("WITNESS_SIGNATURE_UNKNOWN");
    assertThat(told(ask(new AddCheckpoint(0, List.of(), stranger.sign(theirs)))))
        .isEqualTo("WITNESS_LOG_UNKNOWN");
    assertThat(rows.cosigned).isEmpty();
  }

  @Test
  void of_two_histories_that_come_at_once_one_is_cosigned() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    CyclicBarrier together = new CyclicBarrier(8);
    List<Future<String>> answers = new ArrayList<>();
    try {
      for (int i = 0; i < 8; i++) {
        GrowingLog whose = i % 2 == 0 ? log : fork;
        Callable<String> request =
            () -> {
              together.await();
              return told(ask(whose, 0, 13)) + (whose == log ? " log" : " fork");
            };
        answers.add(threads.submit(request));
      }
      List<String> told = new ArrayList<>();
      for (Future<String> answer : answers) {
        told.add(answer.get());
      }
      assertThat(told.stream().filter(t -> t.startsWith("cosigned"))).hasSize(1);
      assertThat(rows.cosigned).hasSize(1);
    } finally {
      threads.shutdownNow();
    }
  }
}
