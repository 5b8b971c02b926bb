package io.talos.audit;

import io.talos.audit.ops.AuditLog;
import io.talos.audit.ops.AuditSettings;
import io.talos.audit.tree.Durability;
import io.talos.audit.tree.Entry;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.audit.tree.Loss;
import io.talos.audit.tree.Pending;
import io.talos.audit.tree.Published;
import io.talos.audit.tree.RightEdge;
import io.talos.audit.tree.SigningKeys;
import io.talos.contracts.audit.AuditEvent;
import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogLeaf;
import io.talos.contracts.log.LogOrigin;
import io.talos.contracts.log.MerkleTree;
import io.talos.contracts.log.NoteKey;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stops a log for good of which published entries are gone, and opens the one that follows: its
 * first entry is the event {@code log.reopened}, which holds the checkpoint that was published and
 * the range that is lost. What of the old log is left stays provable under its own checkpoints, and
 * what waits in the outbox goes into the new log.
 *
 * <p>Of many nodes that find the loss at once one opens a log, the others find it open. A node that
 * saw more published than the one that opened it adds an event {@code log.loss_found} to the log
 * that is written, since the old one is stopped already.
 *
 * <p>Nothing is opened on top of a database that does not fit itself: the checkpoint that was
 * published must be signed by a key of the log, and what is left of the log must have the root that
 * it signed. A key that never signs two histories signed both, so the one continues the other.
 *
 * <p>Refuses with: {@link ErrorCode#AUDIT_LOG_HALTED}, as an exception.
 */
@Dependent
public class ReopenLog {
  private static final String RESOURCE = "log";

  private final LogRows rows;
  private final SigningKeys keys;
  private final CheckHistory history;
  private final WriteEvent writeEvent;
  private final AuditSettings settings;

  @Inject
  ReopenLog(
      LogRows rows,
      SigningKeys keys,
      CheckHistory history,
      WriteEvent writeEvent,
      AuditSettings settings) {
    this.settings = settings;
    this.rows = rows;
    this.keys = keys;
    this.history = history;
    this.writeEvent = writeEvent;
  }

  /**
   * Makes the database say what of {@code seen} is gone.
   *
   * @return the newest checkpoint of the log that is written from now on
   */
  @Transactional(TxType.REQUIRES_NEW)
  public Published reopen(Published seen, Instant now) {
    rows.lock();
    LogName current = rows.current().orElseThrow(() -> halted("there is no log"));
    return switch (history.judge(seen)) {
      case CONTINUES -> rows.published(current).orElseThrow();
      case DOES_NOT_FIT -> throw halted("the database does not continue what was published");
      case SET_BACK -> record(seen, current, now);
    };
  }

  private Published record(Published seen, LogName current, Instant now) {
    Optional<LogName> lost = rows.byOrigin(seen.checkpoint().origin());
    history.edge(current);
    lost.ifPresent(history::edge);
    long surviving =
        lost.flatMap(rows::latest).map(latest -> latest.checkpoint().size()).orElse(0L);
    if (lost.isPresent() && lost.get().id() != current.id()) {
      note("log.loss_found", seen, surviving, current, now);
      return rows.published(current).orElseThrow();
    }
    // What is left was published too, as the beginning of what is lost.
    lost.ifPresent(stopped -> rows.publish(stopped, surviving, now));
    String first = rows.first().orElseThrow().origin();
    NoteKey key = new NoteKey(LogOrigin.following(first, now), current.key().publicKey());
    LogName opened = rows.open(key, now);
    AuditEvent event = note("log.reopened", seen, surviving, opened, now);
    Published published = begin(opened, event, now);
    AuditLog.reopened(
        seen.checkpoint().origin(), surviving, seen.checkpoint().size(), opened.key().vkey());
    return published;
  }

  private AuditEvent note(String kind, Published seen, long surviving, LogName log, Instant now) {
    AuditFacts facts =
        AuditFacts.act(
            kind,
            new AuditFacts.Resource(RESOURCE, log.origin()),
            Json.createObjectBuilder()
                .add("lost_origin", seen.checkpoint().origin())
                .add("lost_checkpoint", seen.note().encoded())
                .add("lost_from", surviving)
                .add("lost_to", seen.checkpoint().size())
                .build());
    AuditEvent event = writeEvent.write(facts, Optional.empty(), now);
    rows.lose(new Loss(seen, surviving, log.id(), event.eventId()), now);
    return event;
  }

  /** The event goes before everything that waits. */
  private Published begin(LogName log, AuditEvent event, Instant now) {
    Pending pending = rows.pending(event.eventId()).orElseThrow();
    LogLeaf leaf = pending.leaf(0);
    RightEdge edge = RightEdge.read(0, (level, index) -> List.of());
    edge.append(MerkleTree.leafHash(leaf.bytes()));
    Entry entry = new Entry(log.id(), 0, event.eventId(), leaf.bytes());
    rows.append(log, List.of(pending), List.of(entry), edge.fresh());
    Checkpoint empty = new Checkpoint(log.origin(), 0, MerkleTree.emptyRoot());
    Checkpoint one = new Checkpoint(log.origin(), edge.size(), edge.root());
    rows.sign(log, new Published(empty, keys.sign(log, empty.text())), now);
    rows.sign(log, new Published(one, keys.sign(log, one.text())), now);
    // That there is an empty log can be told at once: nothing in it could be lost.
    rows.publish(log, settings.durability() == Durability.ASYNC ? one.size() : 0, now);
    return rows.published(log).orElseThrow();
  }

  private static TalosException halted(String why) {
    return new TalosException(ErrorCode.AUDIT_LOG_HALTED, why);
  }
}
