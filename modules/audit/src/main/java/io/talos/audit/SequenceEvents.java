package io.talos.audit;

import io.talos.audit.ops.AuditLog;
import io.talos.audit.ops.AuditSettings;
import io.talos.audit.tree.CheckpointFile;
import io.talos.audit.tree.Durability;
import io.talos.audit.tree.Limits;
import io.talos.audit.tree.LogGuard;
import io.talos.audit.tree.Published;
import io.talos.audit.tree.Waiting;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings what waits in the outbox into the log, batch by batch, at most {@link
 * Limits#BATCHES_PER_RUN} of them. Safe to repeat, and to run on every node at once.
 *
 * <p>When the database was set back to an earlier state of the log, as by the promotion of a
 * standby that did not have everything, a new log is opened ({@link ReopenLog}).
 *
 * <p>When the log's history does not fit otherwise, the log is stopped on this node: an ERROR is
 * logged once and nothing is appended until an operator has looked. Requests are served and their
 * events kept; only proofs have to wait.
 */
@Dependent
public class SequenceEvents {
  private final AppendBatch appendBatch;
  private final LogGuard guard;
  private final CheckpointFile file;
  private final CheckHistory history;
  private final ReopenLog reopenLog;
  private final PublishCheckpoint publishCheckpoint;
  private final Durability durability;

  @Inject
  SequenceEvents(
      AppendBatch appendBatch,
      LogGuard guard,
      CheckpointFile file,
      CheckHistory history,
      ReopenLog reopenLog,
      PublishCheckpoint publishCheckpoint,
      AuditSettings settings) {
    this.publishCheckpoint = publishCheckpoint;
    this.durability = settings.durability();
    this.appendBatch = appendBatch;
    this.history = history;
    this.reopenLog = reopenLog;
    this.guard = guard;
    this.file = file;
  }

  /** One run. */
  public void run(Instant now) {
    unlessHalted(() -> appendAll(now), now);
  }

  /**
   * Compares the database with what this node saw published; to be called whenever it may be
   * another one than before.
   */
  public void compare(Instant now) {
    unlessHalted(
        () -> {
          guard.awaits(Optional.empty());
          guard.seen().ifPresent(history::check);
          return null;
        },
        now);
  }

  /** What is published is kept in the file; a database that was set back gets a new log. */
  private void unlessHalted(Supplier<@Nullable Published> work, Instant now) {
    if (guard.halted().isPresent()) {
      return;
    }
    Published newest = null;
    try {
      newest = orReopened(work, now);
    } catch (TalosException e) {
      if (e.code() != ErrorCode.AUDIT_LOG_HALTED) {
        throw e;
      }
      stop(e);
    }
    if (newest != null) {
      file.keep(newest);
    }
  }

  private @Nullable Published orReopened(Supplier<@Nullable Published> work, Instant now) {
    try {
      return work.get();
    } catch (TalosException e) {
      if (e.code() != ErrorCode.AUDIT_LOG_ROLLED_BACK) {
        throw e;
      }
      Published newest = reopenLog.reopen(guard.seen().orElseThrow(() -> e), now);
      guard.saw(newest);
      guard.awaits(Optional.empty());
      return newest;
    }
  }

  /** Appends until nothing is left or the run is long enough; the last checkpoint given out. */
  private @Nullable Published appendAll(Instant now) {
    Published newest = null;
    for (int batch = 0; batch < Limits.BATCHES_PER_RUN; batch++) {
      AppendBatch.Appended appended = appendBatch.append(now);
      Optional<Published> published =
          durability == Durability.ASYNC ? appended.signed() : publishWhenSafe(now);
      if (published.isPresent()) {
        newest = published.get();
        guard.saw(newest);
      }
      if (!appended.more()) {
        return newest == null ? publishedElsewhere(now) : newest;
      }
    }
    return newest;
  }

  /**
   * A node that only watches keeps what the others publish, too: otherwise it would write on in a
   * database that lost it, and the log would have two histories. What was left waiting for a
   * standby by a node with another setting is given out.
   */
  private @Nullable Published publishedElsewhere(Instant now) {
    if (durability == Durability.ASYNC) {
      publishWhenSafe(now);
    }
    Optional<Published> newer = history.unseen(guard.seen());
    newer.ifPresent(guard::saw);
    return newer.orElse(null);
  }

  /**
   * Looks once; the next run looks again for the same checkpoint, so that one that waits is not
   * overtaken for ever by those after it.
   */
  private Optional<Published> publishWhenSafe(Instant now) {
    Optional<Waiting> waiting = guard.waiting().or(publishCheckpoint::waiting);
    Optional<Published> published = waiting.flatMap(w -> publishCheckpoint.publish(w, now));
    guard.awaits(published.isPresent() ? Optional.empty() : waiting);
    return published;
  }

  private void stop(TalosException cause) {
    String why = String.valueOf(cause.getMessage());
    if (guard.halt(why)) {
      AuditLog.halted(why);
    }
  }
}
