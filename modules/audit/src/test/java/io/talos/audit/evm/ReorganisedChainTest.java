package io.talos.audit.evm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.audit.anchors.AnchorSettings;
import io.talos.audit.anchors.Progress;
import io.talos.audit.anchors.Task;
import io.talos.audit.anchors.Web;
import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.log.anchor.AnchorCheck;
import io.talos.contracts.log.anchor.AnchorKind;
import io.talos.contracts.log.anchor.AnchorVerifier;
import io.talos.contracts.log.anchor.EvmAddress;
import io.talos.contracts.peers.Anvil;
import io.talos.runtime.http.GuardedHttp;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mallory has much work to spend and takes blocks away that Alice's anchors lie in. */
class ReorganisedChainTest {
  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final Duration BUMP = Duration.ofSeconds(60);
  private static final int DEPTH = 64;

  private final EvmAccount account = new EvmAccount(() -> SecretBytes.of(seed()));
  private final MemoryJournal journal = new MemoryJournal();
  private final EvmAddress address = account.address();

  private static byte[] seed() {
    byte[] seed = new byte[32];
    seed[31] = 7;
    return seed;
  }

  private static AnchorSettings.Evm settings(URI url, int chain, int feeMaxGwei) {
    return new AnchorSettings.Evm(url, chain, Optional.empty(), DEPTH, feeMaxGwei, BUMP);
  }

  /** The way from the lane to this node. */
  private static Web web(Anvil anvil) {
    return ask ->
        new GuardedHttp.Answer(
            200,
            Map.of("content-type", List.of("application/json")),
            Bytes.utf8(anvil.post(ask.body())));
  }

  private EvmLane lane(Anvil anvil) {
    return new EvmLane(settings(anvil.url(), Anvil.CHAIN_ID, 200), web(anvil), account, journal);
  }

  private static Task task(long size) {
    Checkpoint checkpoint =
        new Checkpoint("alice.example/log", size, Sha256.of(Bytes.utf8("root " + size)));
    NoteSigner log = new NoteSigner("alice.example/log", Ed25519.fromSeed(SecretBytes.of(seed())));
    return new Task(AnchorKind.EVM, 1, size, log.sign(checkpoint.text()), NOW, 0);
  }

  private void holds(Progress progress, Task task) {
    assertThat(progress.done()).isTrue();
    assertThat(progress.evidence()).hasSize(1);
    AnchorVerifier auditor =
        new AnchorVerifier(
            new AnchorVerifier.Trust(List.of(), Optional.empty(), Set.of(address), Set.of()));
    assertThat(auditor.check(progress.evidence().get(0).anchor(), task.note().text()))
        .isInstanceOf(AnchorCheck.Holds.class);
    journal.done.add(task.size());
  }

  @Test
  void a_checkpoint_counts_when_it_lies_deep_enough_and_not_a_block_earlier() throws Exception {
    try (Anvil anvil = new Anvil()) {
      anvil.fund(address.text());
      EvmLane lane = lane(anvil);

      assertThat(lane.advance(task(5), NOW).done()).isFalse();
      anvil.mine(DEPTH - 1);
      assertThat(lane.advance(task(5), NOW).done()).isFalse();
      anvil.mine(1);
      holds(lane.advance(task(5), NOW), task(5));
      assertThat(journal.attempts(task(5))).hasSize(1);
    }
  }

  @Test
  void a_transaction_that_a_reorganisation_throws_out_is_sent_again_and_counts_once()
      throws Exception {
    try (Anvil anvil = new Anvil()) {
      anvil.fund(address.text());
      EvmLane lane = lane(anvil);
      String before = anvil.call("evm_snapshot", "");
      lane.advance(task(5), NOW);
      anvil.mine(DEPTH - 1);
      assertThat(lane.advance(task(5), NOW).done()).isFalse();

      // 63 blocks deep, and all of them gone: the other chain never saw the transaction.
      anvil.call("evm_revert", before.replaceAll(".*\"result\":(\"[^\"]*\").*", "$1"));
      anvil.fund(address.text());
      anvil.mine(2 * DEPTH);
      assertThat(lane.advance(task(5), NOW).done()).isFalse();
      anvil.mine(DEPTH - 1);
      assertThat(lane.advance(task(5), NOW).done()).isFalse();
      anvil.mine(1);
      holds(lane.advance(task(5), NOW), task(5));

      assertThat(journal.attempts(task(5))).as("the same bytes, sent again").hasSize(1);
    }
  }

  @Test
  void after_the_chain_began_anew_what_was_not_deep_enough_is_anchored_again() throws Exception {
    try (Anvil anvil = new Anvil()) {
      anvil.fund(address.text());
      EvmLane lane = lane(anvil);
      lane.advance(task(5), NOW);
      anvil.mine(DEPTH);
      holds(lane.advance(task(5), NOW), task(5));
      lane.advance(task(6), NOW);
      lane.advance(task(7), NOW);

      anvil.restart(); // the nonces 1 and 2 now stand behind a hole
      anvil.fund(address.text());
      lane.advance(task(6), NOW);
      lane.advance(task(7), NOW);
      anvil.mine(1);
      lane.advance(task(7), NOW);
      anvil.mine(DEPTH);
      holds(lane.advance(task(6), NOW), task(6));
      holds(lane.advance(task(7), NOW), task(7));
    }
  }

  @Test
  void a_transaction_that_waits_too_long_is_replaced_under_the_same_nonce() throws Exception {
    try (Anvil anvil = new Anvil()) {
      anvil.fund(address.text());
      EvmLane lane = lane(anvil);
      lane.advance(task(5), NOW);

      lane.advance(task(5), NOW.plus(BUMP).minusMillis(1));
      assertThat(journal.attempts(task(5))).hasSize(1);
      lane.advance(task(5), NOW.plus(BUMP));

      List<Attempt> attempts = journal.attempts(task(5));
      assertThat(attempts).hasSize(2);
      assertThat(attempts.get(1).nonce()).isEqualTo(attempts.get(0).nonce());
      assertThat(attempts.get(1).transaction().transaction().maxFee())
          .isGreaterThan(attempts.get(0).transaction().transaction().maxFee());
      anvil.mine(DEPTH);
      holds(lane.advance(task(5), NOW.plus(BUMP)), task(5));
    }
  }

  @Test
  void several_checkpoints_wait_side_by_side_each_with_a_nonce_of_its_own() throws Exception {
    try (Anvil anvil = new Anvil()) {
      anvil.fund(address.text());
      EvmLane lane = lane(anvil);
      for (long size = 1; size <= 5; size++) {
        lane.advance(task(size), NOW);
      }
      assertThat(journal.openNonces()).containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L);

      anvil.mine(DEPTH);
      for (long size = 1; size <= 5; size++) {
        holds(lane.advance(task(size), NOW), task(size));
      }
    }
  }

  @Test
  void a_nonce_that_somebody_else_used_up_is_replaced() throws Exception {
    try (Anvil anvil = new Anvil()) {
      anvil.fund(address.text());
      EvmLane lane = lane(anvil);
      lane.advance(task(5), NOW);
      anvil.call("anvil_dropAllTransactions", "");
      anvil.call("anvil_setNonce", "\"" + address.text() + "\",\"0x3\"");

      lane.advance(task(5), NOW);
      anvil.mine(DEPTH);

      holds(lane.advance(task(5), NOW), task(5));
      assertThat(journal.attempts(task(5)).get(1).nonce()).isEqualTo(3);
    }
  }

  @Test
  void another_chain_a_high_price_and_an_empty_account_are_told_and_nothing_is_sent()
      throws Exception {
    try (Anvil anvil = new Anvil()) {
      EvmLane elsewhere = new EvmLane(settings(anvil.url(), 1, 200), web(anvil), account, journal);
      EvmLane poor = lane(anvil);

      refused(() -> elsewhere.advance(task(5), NOW), ErrorCode.ANCHOR_ANSWER_INVALID);
      assertThat(journal.attempts).isEmpty();
      anvil.call("anvil_setNextBlockBaseFeePerGas", "\"0x2e90edd000\""); // 200 gwei
      anvil.mine(1);
      refused(() -> poor.advance(task(5), NOW), ErrorCode.ANCHOR_FEE_TOO_HIGH);
      assertThat(journal.attempts).isEmpty();
      anvil.mine(60); // empty blocks lower the fee
      refused(() -> poor.advance(task(5), NOW), ErrorCode.ANCHOR_ANSWER_INVALID);
    }
  }

  private static void refused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, ErrorCode code) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(TalosException.class, e -> assertThat(e.code()).isEqualTo(code));
  }

  @FuzzTest(maxDuration = "60s")
  void whatever_a_node_answers_is_a_step_or_a_code(byte[] data) {
    Web node =
        ask ->
            new GuardedHttp.Answer(
                200,
                Map.of(),
                ask.body().utf8().contains("eth_chainId")
                    ? Bytes.utf8("{\"result\":\"0x7a69\"}")
                    : Bytes.of(data));
    EvmLane lane =
        new EvmLane(
            settings(URI.create("http://127.0.0.1"), Anvil.CHAIN_ID, 200),
            node,
            account,
            new MemoryJournal());
    try {
      assertThat(lane.advance(task(5), NOW).done()).isFalse();
    } catch (TalosException refused) {
      assertThat(refused.code().httpStatus()).isNotEqualTo(500);
    }
  }
}
