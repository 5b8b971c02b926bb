package io.talos.audit.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.audit.event.EventRows;
import io.talos.audit.event.Samples;
import io.talos.contracts.Bytes;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.NoteKey;
import io.talos.contracts.log.NoteSigner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every keeper of logs does. */
public interface LogRowsContract {
  LogRows rows();

  EventRows events();

  <T> T inTransaction(Supplier<T> work);

  private NoteSigner signer() {
    return new NoteSigner("contract.example/" + Samples.IDS.next(Samples.NOW), Samples.key(9));
  }

  private LogName opened(NoteSigner signer) {
    return inTransaction(() -> rows().open(signer.verifier(), Samples.NOW));
  }

  private AuditEvent event(String source) {
    return inTransaction(
        () -> Samples.event(events(), source, Samples.act("contract.done"), Optional.empty()));
  }

  @Test
  default void the_log_that_was_opened_last_is_the_one_that_is_written() {
    LogName first = opened(signer());
    LogName second = opened(signer());

    assertThat(inTransaction(() -> rows().current())).contains(second);
    assertThat(inTransaction(() -> rows().byOrigin(first.origin()))).contains(first);
    assertThat(inTransaction(() -> rows().byId(first.id()))).contains(first);
    assertThat(inTransaction(() -> rows().byOrigin("nobody.example/log"))).isEmpty();
  }

  @Test
  default void a_log_has_the_keys_that_were_added_to_it_and_each_signs_from_and_up_to_a_size() {
    NoteSigner old = signer();
    LogName log = opened(old);
    NoteKey fresh = new NoteKey(log.origin(), Samples.key(10).publicKey());
    AuditEvent added = event("contract/8");
    AuditEvent ended = event("contract/8");

    inTransaction(() -> add(log, fresh, added));
    LogName both = inTransaction(() -> rows().byId(log.id())).orElseThrow();
    assertThat(both.signing()).containsExactly(old.verifier(), fresh);
    inTransaction(() -> retire(log, old.verifier(), ended));

    LogName alone = inTransaction(() -> rows().byOrigin(log.origin())).orElseThrow();
    assertThat(alone.keys())
        .containsExactly(
            new KeyPeriod(old.verifier(), 0, OptionalLong.of(9), Optional.empty()),
            new KeyPeriod(fresh, 7, OptionalLong.empty(), Optional.of(added.eventId())));
    assertThat(alone.key()).isEqualTo(fresh);
  }

  private boolean add(LogName log, NoteKey key, AuditEvent event) {
    rows().addKey(log, key, 7, event.eventId(), Samples.NOW);
    return true;
  }

  private boolean retire(LogName log, NoteKey key, AuditEvent event) {
    rows().retireKey(log, key, 9, event.eventId(), Samples.NOW);
    return true;
  }

  @Test
  default void a_loss_is_found_by_the_log_that_has_it_and_by_the_log_that_says_so() {
    NoteSigner signer = signer();
    LogName lost = opened(signer);
    LogName next = opened(signer());
    AuditEvent event = event("contract/3");
    Checkpoint checkpoint = new Checkpoint(lost.origin(), 9, MerkleTree.emptyRoot());
    Published published = new Published(checkpoint, signer.sign(checkpoint.text()));
    Loss loss = new Loss(published, 4, next.id(), event.eventId());

    inTransaction(
        () -> {
          rows().lose(loss, Samples.NOW);
          return true;
        });

    assertThat(inTransaction(() -> rows().losses(lost.origin()))).containsExactly(loss);
    assertThat(inTransaction(() -> rows().lossesNotedIn(next))).containsExactly(loss);
    assertThat(inTransaction(() -> rows().losses(next.origin()))).isEmpty();
    assertThat(inTransaction(() -> rows().newest(2))).containsExactly(next, lost);
    assertThat(inTransaction(() -> rows().pending(event.eventId()))).isPresent();
  }

  @Test
  default void the_latest_checkpoint_is_the_largest_of_its_own_log() {
    NoteSigner signer = signer();
    LogName log = opened(signer);
    LogName other = opened(signer());
    for (long size : new long[] {0, 7, 10}) {
      Checkpoint checkpoint = new Checkpoint(log.origin(), size, MerkleTree.emptyRoot());
      Published published = new Published(checkpoint, signer.sign(checkpoint.text()));
      inTransaction(
          () -> {
            rows().sign(log, published, Samples.NOW);
            return true;
          });
    }

    Published latest = inTransaction(() -> rows().latest(log)).orElseThrow();
    assertThat(latest.checkpoint().size()).isEqualTo(10);
    assertThat(latest.note().isSignedBy(log.key())).isTrue();
    assertThat(inTransaction(() -> rows().latest(other))).isEmpty();
    assertThat(inTransaction(() -> rows().published(log))).isEmpty();
    inTransaction(
        () -> {
          rows().publish(log, 7, Samples.NOW);
          rows().publish(log, 7, Samples.NOW);
          return true;
        });
    assertThat(inTransaction(() -> rows().published(log)).orElseThrow().checkpoint().size())
        .isEqualTo(7);
  }

  @Test
  default void events_wait_in_order_and_are_gone_when_they_are_appended() {
    LogName log = opened(signer());
    drain(log);
    AuditEvent first = event("contract/1");
    AuditEvent second = event("contract/2");
    AuditEvent third = event("contract/1");

    List<Pending> pending = inTransaction(() -> rows().pending(10));
    assertThat(pending)
        .extracting(Pending::eventId)
        .containsExactly(first.eventId(), second.eventId(), third.eventId());
    assertThat(inTransaction(() -> rows().pending(2))).isEqualTo(pending.subList(0, 2));
    assertThat(pending.get(2).eventHash()).isEqualTo(third.hash());
    assertThat(pending.get(2).ts()).isEqualTo(Samples.NOW);

    long before = inTransaction(() -> rows().entries(log));
    append(log, before, pending.subList(0, 2));

    assertThat(inTransaction(() -> rows().pending(10))).isEqualTo(pending.subList(2, 3));
    assertThat(inTransaction(() -> rows().anyPending())).isTrue();
    assertThat(inTransaction(() -> rows().entries(log))).isEqualTo(before + 2);
    assertThat(inTransaction(() -> rows().leaves(log, before, 1)))
        .containsExactly(pending.get(0).leaf(before).bytes());
    assertThat(inTransaction(() -> rows().leaves(log, before + 1, 5)))
        .containsExactly(pending.get(1).leaf(before + 1).bytes());
    drain(log);
    assertThat(inTransaction(() -> rows().anyPending())).isFalse();
  }

  @Test
  default void a_tile_holds_its_own_hashes_and_no_neighbours() {
    LogName log = opened(signer());
    List<TreeHash> hashes = new ArrayList<>();
    for (int position = 0; position < 300; position++) {
      hashes.add(new TreeHash(0, position, MerkleTree.leafHash(Bytes.utf8("p" + position))));
    }
    TreeHash above = new TreeHash(1, 0, MerkleTree.leafHash(Bytes.utf8("above")));
    hashes.add(above);
    inTransaction(
        () -> {
          rows().append(log, List.of(), List.of(), hashes);
          return true;
        });

    List<Bytes> leafHashes = hashes.subList(0, 300).stream().map(TreeHash::hash).toList();
    assertThat(inTransaction(() -> rows().tile(log, 0, 0))).isEqualTo(leafHashes.subList(0, 256));
    assertThat(inTransaction(() -> rows().tile(log, 0, 1))).isEqualTo(leafHashes.subList(256, 300));
    assertThat(inTransaction(() -> rows().tile(log, 1, 0))).containsExactly(above.hash());
    assertThat(inTransaction(() -> rows().tile(log, 2, 0))).isEmpty();
  }

  private void drain(LogName log) {
    append(
        log, inTransaction(() -> rows().entries(log)), inTransaction(() -> rows().pending(1000)));
  }

  private void append(LogName log, long from, List<Pending> pending) {
    List<Entry> entries = new ArrayList<>();
    for (Pending event : pending) {
      long seq = from + entries.size();
      entries.add(new Entry(log.id(), seq, event.eventId(), event.leaf(seq).bytes()));
    }
    inTransaction(
        () -> {
          rows().append(log, pending, entries, List.of());
          return true;
        });
  }
}
