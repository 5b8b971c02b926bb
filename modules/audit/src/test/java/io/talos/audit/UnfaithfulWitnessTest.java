package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.audit.anchors.Progress;
import io.talos.audit.anchors.Task;
import io.talos.audit.anchors.Web;
import io.talos.audit.anchors.WitnessPeer;
import io.talos.audit.witness.MemoryWitnessRows;
import io.talos.audit.witness.WitnessKeys;
import io.talos.audit.witness.WitnessLane;
import io.talos.audit.witness.WitnessMemory;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.AddCheckpoint;
import io.talos.contracts.log.WitnessKey;
import io.talos.contracts.log.anchor.AnchorKind;
import io.talos.runtime.http.GuardedHttp;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A witness forgets, lies or is away, and Alice's log must not believe it. */
class UnfaithfulWitnessTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  private final GrowingLog log = new GrowingLog(20, "entry ");
  private final MemoryWitnessRows rows = new MemoryWitnessRows();
  private final WitnessCheckpoint bob =
      new WitnessCheckpoint(
          rows,
          new WitnessKeys("bob.example/witness", () -> GrowingLog.keys(9).seed()),
          ForkedLogTest.settings(List.of(log.signer.verifier())),
          new Heard<>());
  private final List<String> cosigned = new ArrayList<>();
  private final Map<String, Long> known = new HashMap<>();

  private final WitnessMemory memory =
      new WitnessMemory() {
        @Override
        public List<Bytes> growth(long logId, long from, long to) {
          return log.growth(from, to);
        }

        @Override
        public long known(WitnessKey witness, long logId) {
          return known.getOrDefault(witness.name(), 0L);
        }

        @Override
        public void learned(WitnessKey witness, long logId, long size) {
          known.put(witness.name(), size);
        }

        @Override
        public List<String> cosigned(Task task) {
          return cosigned;
        }
      };

  private static GuardedHttp.Answer answer(int status, String type, String body) {
    return new GuardedHttp.Answer(status, Map.of("content-type", List.of(type)), Bytes.utf8(body));
  }

  /** Bob as he answers over HTTP. */
  private GuardedHttp.Answer bobs(GuardedHttp.Ask ask) {
    try {
      return bob.cosign(AddCheckpoint.parse(ask.body()), NOW)
          .match(
              line -> answer(200, "text/plain", line.encoded()),
              size -> answer(409, AddCheckpoint.SIZE_TYPE, size + "\n"),
              code -> answer(code.httpStatus(), "application/problem+json", "{}"));
    } finally {
      if (rows.lock.isHeldByCurrentThread()) {
        rows.lock.unlock();
      }
    }
  }

  private WitnessPeer peer(String name, WitnessKey key) {
    return new WitnessPeer(key, URI.create("https://" + name));
  }

  private WitnessLane lane(Web web) {
    return new WitnessLane(List.of(peer("bob.example", bob.key())), 1, web, memory);
  }

  private Task task(long size) {
    return new Task(AnchorKind.WITNESS, 1, size, log.note(size), NOW, 0);
  }

  @Test
  void a_faithful_witness_cosigns_checkpoint_after_checkpoint() {
    for (long size : List.of(3L, 8L, 20L)) {
      Progress progress = lane(this::bobs).advance(task(size), NOW);
      assertThat(progress.done()).isTrue();
      assertThat(progress.evidence()).hasSize(1);
    }
    assertThat(known).containsEntry("bob.example/witness", 20L);
  }

  @Test
  void what_we_believe_of_a_witness_is_mended_by_its_answer() {
    lane(this::bobs).advance(task(8), NOW);
    known.clear(); // we forgot

    assertThat(lane(this::bobs).advance(task(20), NOW).evidence()).hasSize(1);

    rows.cosigned.clear(); // the witness forgot
    assertThat(lane(this::bobs).advance(task(20), NOW).evidence()).hasSize(1);
  }

  @Test
  void a_witness_that_is_further_already_owes_nothing_more() {
    lane(this::bobs).advance(task(20), NOW);
    known.clear();

    Progress progress = lane(this::bobs).advance(task(8), NOW);

    assertThat(progress.done()).isTrue();
    assertThat(progress.evidence()).isEmpty();
  }

  @Test
  void a_cosignature_of_another_checkpoint_or_another_key_is_not_believed() {
    String other = bobs(request(3)).body().utf8();
    String strangers =
        new io.talos.contracts.log.Cosignature.Signer("bob.example/witness", GrowingLog.keys(4))
            .cosign(log.note(8).text(), NOW)
            .encoded();

    for (String body : List.of(other, strangers, "", "— x y\n", "{}")) {
      Progress progress = lane(ask -> answer(200, "text/plain", body)).advance(task(8), NOW);
      assertThat(progress.done()).isFalse();
      assertThat(progress.evidence()).isEmpty();
      assertThat(progress.code()).contains(ErrorCode.ANCHOR_ANSWER_INVALID);
    }
  }

  private GuardedHttp.Ask request(long size) {
    return new GuardedHttp.Ask(
        "POST",
        URI.create("https://bob.example/add-checkpoint"),
        Map.of(),
        Bytes.utf8(new AddCheckpoint(0, List.of(), log.note(size)).encoded()));
  }

  @Test
  void a_witness_that_saw_another_history_is_told_apart_from_one_that_is_behind() {
    GrowingLog fork = new GrowingLog(20, "other ");
    bobs(
        new GuardedHttp.Ask(
            "POST",
            URI.create("https://bob.example/add-checkpoint"),
            Map.of(),
            Bytes.utf8(new AddCheckpoint(0, List.of(), fork.note(8)).encoded())));

    assertThat(lane(this::bobs).advance(task(8), NOW).code()).contains(ErrorCode.WITNESS_CONFLICT);
    assertThat(lane(this::bobs).advance(task(20), NOW).code())
        .contains(ErrorCode.WITNESS_PROOF_INVALID);
  }

  @Test
  void enough_witnesses_are_enough_and_the_one_that_is_away_holds_nothing_up() {
    WitnessKey away =
        new io.talos.contracts.log.Cosignature.Signer("carol.example/w", GrowingLog.keys(5))
            .verifier();
    List<WitnessPeer> both = List.of(peer("carol.example", away), peer("bob.example", bob.key()));
    Web web =
        ask -> {
          if (ask.url().getHost().equals("carol.example")) {
            throw new TalosException(ErrorCode.UPSTREAM_TIMEOUT, "away");
          }
          return bobs(ask);
        };

    assertThat(new WitnessLane(both, 1, web, memory).advance(task(8), NOW).done()).isTrue();
    Progress two = new WitnessLane(both, 2, web, memory).advance(task(8), NOW);
    assertThat(two.done()).isFalse();
    assertThat(two.evidence()).hasSize(1);
    assertThat(two.code()).contains(ErrorCode.UPSTREAM_TIMEOUT);
  }

  @Test
  void a_request_for_a_size_that_nobody_has_is_a_bug_of_ours() {
    assertThatThrownBy(() -> new AddCheckpoint(-1, List.of(), log.note(3)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @FuzzTest(maxDuration = "60s")
  void whatever_a_witness_answers_is_evidence_or_a_code(byte[] data) {
    int status = data.length > 0 ? List.of(200, 409, 404, 500).get(data[0] & 3) : 200;
    String type = data.length > 1 && data[1] > 0 ? "text/plain" : AddCheckpoint.SIZE_TYPE;
    Bytes body = Bytes.of(data).slice(Math.min(2, data.length), data.length);
    known.clear();

    Progress progress =
        lane(ask -> new GuardedHttp.Answer(status, Map.of("content-type", List.of(type)), body))
            .advance(task(8), NOW);

    assertThat(progress.evidence()).isEmpty();
  }
}
