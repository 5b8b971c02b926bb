package io.talos.audit;

import io.talos.audit.ops.AuditSettings;
import io.talos.audit.tree.Durability;
import io.talos.audit.tree.Entry;
import io.talos.audit.tree.Limits;
import io.talos.audit.tree.LogGuard;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.audit.tree.Pending;
import io.talos.audit.tree.Published;
import io.talos.audit.tree.RightEdge;
import io.talos.audit.tree.SigningKeys;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogLeaf;
import io.talos.contracts.log.MerkleTree;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Moves one batch of events from the outbox into the log and signs the checkpoint over it, all in
 * one transaction: entries, hashes and checkpoint are there together or not at all.
 *
 * <p>Before it appends, it computes the root of the stored tree again and compares it with the last
 * checkpoint, with that checkpoint's signature, and with what this node saw published; nothing is
 * appended to a log that does not fit. One node at a time appends: the others find the lock taken
 * and go away.
 *
 * <p>Refuses with: {@link ErrorCode#AUDIT_LOG_HALTED}, {@link ErrorCode#AUDIT_LOG_ROLLED_BACK}, as
 * exceptions, so that nothing is kept.
 */
@Dependent
public class AppendBatch {
  private final LogRows rows;
  private final SigningKeys keys;
  private final LogGuard guard;
  private final CheckHistory history;
  private final AuditSettings settings;

  @Inject
  AppendBatch(
      LogRows rows,
      SigningKeys keys,
      LogGuard guard,
      CheckHistory history,
      AuditSettings settings) {
    this.settings = settings;
    this.rows = rows;
    this.keys = keys;
    this.guard = guard;
    this.history = history;
  }

  /**
   * What was done.
   *
   * @param signed the new checkpoint, when something was appended
   * @param more whether more events may wait
   */
  public record Appended(Optional<Published> signed, boolean more) {
    static final Appended NOTHING = new Appended(Optional.empty(), false);
  }

  /** Appends at most {@link Limits#BATCH} events. */
  @Transactional(TxType.REQUIRES_NEW)
  public Appended append(Instant now) {
    if (!rows.anyPending() || !rows.tryLock()) {
      return Appended.NOTHING;
    }
    LogName log = rows.current().orElseThrow(() -> halted("there is no log"));
    RightEdge edge = history.edge(log);
    guard.seen().ifPresent(history::check);
    List<Pending> batch = rows.pending(Limits.BATCH);
    if (batch.isEmpty()) {
      return Appended.NOTHING;
    }
    List<Entry> entries = new ArrayList<>(batch.size());
    for (Pending event : batch) {
      LogLeaf leaf = event.leaf(edge.size());
      entries.add(new Entry(log.id(), leaf.logSeq(), event.eventId(), leaf.bytes()));
      edge.append(MerkleTree.leafHash(entries.get(entries.size() - 1).leaf()));
    }
    rows.append(log, batch, entries, edge.fresh());
    return new Appended(Optional.of(publish(log, edge, now)), batch.size() == Limits.BATCH);
  }

  private Published publish(LogName log, RightEdge edge, Instant now) {
    Checkpoint checkpoint = new Checkpoint(log.origin(), edge.size(), edge.root());
    Published published = new Published(checkpoint, keys.sign(log, checkpoint.text()));
    rows.sign(log, published, now);
    if (settings.durability() == Durability.ASYNC) {
      rows.publish(log, published.checkpoint().size(), now);
    }
    return published;
  }

  private static TalosException halted(String why) {
    return new TalosException(ErrorCode.AUDIT_LOG_HALTED, why);
  }
}
