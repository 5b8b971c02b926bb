package io.talos.audit;

import io.talos.audit.tree.History;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.audit.tree.Loss;
import io.talos.audit.tree.Published;
import io.talos.audit.tree.RightEdge;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogOrigin;
import io.talos.contracts.log.NoteKey;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;

/**
 * Compares the database with itself, and with a checkpoint that was published earlier and kept
 * elsewhere.
 */
@Dependent
public class CheckHistory {
  private final LogRows rows;

  @Inject
  CheckHistory(LogRows rows) {
    this.rows = rows;
  }

  /** What the database is, held against a checkpoint that was published. */
  public enum Verdict {
    /** It continues the checkpoint, or says itself what of it is gone. */
    CONTINUES,
    /** It was set back to an earlier state of the same log, or to before that log was opened. */
    SET_BACK,
    /** It is another one, or was changed. */
    DOES_NOT_FIT
  }

  /**
   * Returns when the database continues {@code seen}.
   *
   * @throws TalosException {@link ErrorCode#AUDIT_LOG_ROLLED_BACK} when its log is shorter, {@link
   *     ErrorCode#AUDIT_LOG_HALTED} when it is another one
   */
  @Transactional
  public void check(Published seen) {
    String what = seen.checkpoint().origin() + " at the published size " + seen.checkpoint().size();
    switch (judge(seen)) {
      case CONTINUES -> {}
      case SET_BACK ->
          throw new TalosException(
              ErrorCode.AUDIT_LOG_ROLLED_BACK, "the database is behind " + what);
      case DOES_NOT_FIT -> throw halted("the database does not continue " + what);
    }
  }

  /**
   * What is given out now, when it is not {@code seen}: other nodes write as well, or the database
   * was set back, which is found first.
   *
   * @throws TalosException as {@link #check} says
   */
  @Transactional
  public Optional<Published> unseen(Optional<Published> seen) {
    Optional<Published> now = rows.current().flatMap(rows::published);
    if (now.equals(seen)) {
      return Optional.empty();
    }
    seen.ifPresent(this::check);
    return now;
  }

  /** What the database is to {@code seen}; belongs to the caller's transaction. */
  Verdict judge(Published seen) {
    Checkpoint published = seen.checkpoint();
    Optional<LogName> log = rows.byOrigin(published.origin());
    if (!log.map(known -> known.knows(seen)).orElseGet(() -> isOurs(seen))) {
      return Verdict.DOES_NOT_FIT;
    }
    for (Loss loss : rows.losses(published.origin())) {
      Checkpoint lost = loss.lost().checkpoint();
      if (lost.size() == published.size() && !lost.equals(published)) {
        return Verdict.DOES_NOT_FIT;
      }
      if (loss.surviving() < published.size() && published.size() <= lost.size()) {
        return Verdict.CONTINUES;
      }
    }
    if (log.isEmpty()) {
      return Verdict.SET_BACK;
    }
    Optional<Checkpoint> now = rows.latest(log.get()).map(Published::checkpoint);
    if (now.isEmpty()) {
      return Verdict.DOES_NOT_FIT;
    }
    if (now.get().size() < published.size()) {
      return Verdict.SET_BACK;
    }
    return now.get().equals(published)
            || History.continues(published, now.get(), rows.tiles(log.get()))
        ? Verdict.CONTINUES
        : Verdict.DOES_NOT_FIT;
  }

  /**
   * Whether a key that signs now signed it, for a log that followed this database's first: the log
   * was opened after the state to which the database was set back.
   */
  private boolean isOurs(Published seen) {
    String origin = seen.checkpoint().origin();
    return rows.first().filter(first -> LogOrigin.isOf(first.origin(), origin)).isPresent()
        && rows.current().orElseThrow().signing().stream()
            .map(key -> new NoteKey(origin, key.publicKey()))
            .anyMatch(seen.note()::isSignedBy);
  }

  /**
   * The tree's right edge, when everything that the database says of the tree agrees on it; belongs
   * to the caller's transaction.
   *
   * @throws TalosException {@link ErrorCode#AUDIT_LOG_HALTED} otherwise
   */
  RightEdge edge(LogName log) {
    Published last = rows.latest(log).orElseThrow(() -> halted("the log has no checkpoint"));
    Checkpoint checkpoint = last.checkpoint();
    if (!log.signed(last) || !checkpoint.origin().equals(log.origin())) {
      throw halted("the last checkpoint is not the log's");
    }
    if (rows.entries(log) != checkpoint.size()) {
      throw halted("the log has another number of entries than its last checkpoint says");
    }
    RightEdge edge = RightEdge.read(checkpoint.size(), rows.tiles(log));
    if (!edge.root().equals(checkpoint.root())) {
      throw halted("the tree's root is not the one of its last checkpoint");
    }
    return edge;
  }

  private static TalosException halted(String why) {
    return new TalosException(ErrorCode.AUDIT_LOG_HALTED, why);
  }
}
