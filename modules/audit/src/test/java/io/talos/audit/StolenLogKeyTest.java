package io.talos.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.event.Samples;
import io.talos.audit.recheck.LogWalk;
import io.talos.audit.recheck.RecheckState;
import io.talos.audit.recheck.SeveralLogs;
import io.talos.audit.recheck.Verdict;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.Published;
import io.talos.audit.tree.SigningKeys;
import io.talos.contracts.Bytes;
import io.talos.contracts.SecretBytes;
import io.talos.contracts.crypto.Ed25519;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.BundleVerifier;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.NoteSigner;
import io.talos.contracts.log.ProofBundle;
import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.Verification;
import io.talos.contracts.registry.Threat;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mallory has a copy of the log's key; the operator changes it. */
@Threat("T-AUDITTAMPERING-01")
class StolenLogKeyTest {
  @TempDir Path folder;

  private AuditStage stage;
  private NoteKey old;
  private SecretBytes stolen;

  @BeforeEach
  void a_log_of_100_entries() {
    stage = new AuditStage(folder);
    stage.acts(100);
    stage.sequence();
    old = log().key();
    stolen = stage.vault.find(SigningKeys.PREFIX + old.publicKey().hex()).orElseThrow();
  }

  private LogName log() {
    return stage.rows.current().orElseThrow();
  }

  private static <T> T found(Reading<T> reading) {
    return reading.match(
        value -> value,
        code -> {
          throw new AssertionError(code);
        });
  }

  private NoteKey added() {
    return found(stage.rotateLogKey().add()).key();
  }

  private Reading<RotateLogKey.Changed> retire(NoteKey key) {
    return stage.rotateLogKey().retire(key.id().hex());
  }

  private Bytes proved(int events) {
    UuidV7 event = stage.write(Samples.act("a.b"), Samples.request(Samples.bob()));
    stage.acts(events - 1);
    stage.sequence();
    ProofBundle bundle = found(stage.proveEvent().prove(event, Optional.empty(), Samples.bob()));
    return Bytes.utf8(bundle.json().toString());
  }

  private static boolean holds(NoteKey key, Bytes bundle) {
    return new BundleVerifier(key).verify(bundle) instanceof Verification.Verified;
  }

  private List<Bytes> proofs() {
    return stage.serveLog().logs().get(0).keys().stream()
        .flatMap(key -> key.proof().stream())
        .map(proof -> Bytes.utf8(proof.json().toString()))
        .toList();
  }

  private Verdict recheck() {
    RecheckState state = new RecheckState();
    state.begin();
    return new LogWalk(new SeveralLogs(stage.rows, stage.events), state, Runnable::run, 2).run();
  }

  @Test
  void while_both_sign_either_key_verifies_and_later_only_the_new_one() {
    NoteKey fresh = added();
    Bytes both = proved(10);
    assertThat(holds(old, both)).isTrue();
    assertThat(holds(fresh, both)).isTrue();

    found(retire(old));
    Bytes alone = proved(10);

    assertThat(holds(old, alone)).isFalse();
    assertThat(holds(fresh, alone)).isTrue();
    assertThat(log().keys()).extracting(key -> key.begin()).containsExactly(0L, 101L);
    assertThat(log().keys().get(0).end()).hasValue(112);
  }

  @Test
  void who_knew_the_old_key_is_shown_the_new_one_by_it() {
    NoteKey fresh = added();
    assertThat(proofs()).isEmpty();
    stage.sequence();
    found(retire(old));
    Bytes alone = proved(300);

    LogKeys known = LogKeys.of(old).joined(proofs());

    assertThat(known.all()).containsExactly(old, fresh);
    assertThat(new BundleVerifier(known).verify(alone)).isInstanceOf(Verification.Verified.class);
    assertThat(LogKeys.of(fresh).joined(proofs()).all()).containsExactly(fresh, old);
  }

  @Test
  void the_stolen_key_signs_nothing_that_counts_once_it_is_retired() {
    added();
    stage.sequence();
    found(retire(old));
    stage.acts(5);
    stage.sequence();
    Published newest = stage.rows.latest(log()).orElseThrow();
    Checkpoint more =
        new Checkpoint(old.name(), newest.checkpoint().size() + 50, newest.checkpoint().root());
    SignedNote forged = new NoteSigner(old.name(), Ed25519.fromSeed(stolen)).sign(more.text());
    stage.file.keep(new Published(more, forged));

    AuditStage restarted = stage.restarted().compared();

    assertThat(restarted.guard.halted()).isPresent();
    assertThat(stage.rows.logs).hasSize(1);
  }

  @Test
  void the_retired_key_is_destroyed_and_a_restarted_node_signs_with_the_other() {
    NoteKey fresh = added();
    stage.sequence();
    found(retire(old));
    assertThat(stage.vault.names(SigningKeys.PREFIX, 10))
        .containsExactly(SigningKeys.PREFIX + fresh.publicKey().hex());

    stage = stage.restarted().compared();
    Bytes bundle = proved(3);

    assertThat(holds(fresh, bundle)).isTrue();
    assertThat(stage.guard.halted()).isEmpty();
  }

  @Test
  void a_key_is_not_retired_before_strangers_can_be_shown_the_other() {
    assertThat(retire(old)).isEqualTo(new Reading.Refused<>(ErrorCode.AUDIT_LOG_KEY_NEEDED));
    NoteKey fresh = added();
    assertThat(retire(old)).isEqualTo(new Reading.Refused<>(ErrorCode.AUDIT_LOG_KEY_NEEDED));
    assertThat(stage.rotateLogKey().add())
        .isEqualTo(new Reading.Refused<>(ErrorCode.AUDIT_LOG_KEYS_OVERLAP));
    assertThat(stage.rotateLogKey().retire("00000000"))
        .isEqualTo(new Reading.Refused<>(ErrorCode.NOT_FOUND));

    stage.sequence();
    found(retire(fresh));

    assertThat(log().signing()).containsExactly(old);
    assertThat(holds(old, proved(2))).isTrue();
  }

  @Test
  void a_recheck_holds_and_finds_a_checkpoint_that_lacks_one_of_its_keys() {
    added();
    stage.acts(20);
    stage.sequence();
    found(retire(old));
    stage.acts(20);
    stage.sequence();
    assertThat(recheck()).isEqualTo(new Verdict.Holds(100 + 1 + 20 + 1 + 20));

    int both = stage.rows.checkpoints.size() - 2;
    Published signed = stage.rows.checkpoints.get(both);
    stage.rows.checkpoints.set(
        both,
        new Published(
            signed.checkpoint(),
            new NoteSigner(old.name(), Ed25519.fromSeed(stolen)).sign(signed.checkpoint().text())));

    assertThat(recheck()).isInstanceOf(Verdict.Broken.class);
  }

  @Test
  void a_database_that_was_set_back_to_before_the_key_was_added_is_followed_under_the_old_one() {
    MemoryCopy copy = MemoryCopy.of(stage.rows);
    added();
    stage.acts(10);
    stage.sequence();
    copy.restore(stage.rows);

    stage.sequencer().compare(Samples.NOW);

    assertThat(stage.guard.halted()).isEmpty();
    assertThat(stage.rows.logs).hasSize(2);
    assertThat(log().key().publicKey()).isEqualTo(old.publicKey());
  }

  @Test
  void a_database_that_was_set_back_to_before_the_key_was_retired_is_followed_under_the_new_one() {
    NoteKey fresh = added();
    stage.sequence();
    MemoryCopy copy = MemoryCopy.of(stage.rows);
    found(retire(old));
    stage.acts(10);
    stage.sequence();
    copy.restore(stage.rows);

    stage.sequencer().compare(Samples.NOW);

    assertThat(stage.guard.halted()).isEmpty();
    assertThat(stage.rows.logs).hasSize(2);
    assertThat(log().signing()).extracting(NoteKey::publicKey).containsExactly(fresh.publicKey());
  }

  @Test
  void an_event_that_was_logged_elsewhere_proves_no_key_of_the_log_that_was_stopped() {
    MemoryCopy copy = MemoryCopy.of(stage.rows);
    stage.acts(10);
    stage.sequence();
    copy.restore(stage.rows);
    added();
    stage.sequence();
    stage.sequence();
    assertThat(stage.rows.logs).hasSize(2);
    assertThat(stage.events.outbox).isEmpty();

    assertThat(stage.serveLog().logs())
        .allSatisfy(log -> assertThat(log.keys()).allMatch(key -> key.proof().isEmpty()));
  }

  @Test
  void a_database_that_knows_nothing_of_the_key_that_signs_now_stops_the_log() {
    MemoryCopy copy = MemoryCopy.of(stage.rows);
    added();
    stage.sequence();
    found(retire(old));
    stage.acts(10);
    stage.sequence();
    copy.restore(stage.rows);

    stage.sequencer().compare(Samples.NOW);

    assertThat(stage.guard.halted()).isPresent();
  }
}
