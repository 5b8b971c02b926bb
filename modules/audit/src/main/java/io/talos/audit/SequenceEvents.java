package io.talos.audit;

import io.talos.audit.ops.AuditLog;
import io.talos.audit.tree.CheckpointFile;
import io.talos.audit.tree.Limits;
import io.talos.audit.tree.LogGuard;
import io.talos.audit.tree.Published;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings what waits in the outbox into the log, batch by batch, at most {@link
 * Limits#BATCHES_PER_RUN} of them. Safe to repeat, and to run on every node at once.
 *
 * <p>When the log's history does not fit, the log is stopped on this node: an ERROR is logged once
 * and nothing is appended until an operator has looked. Requests are served and their events kept;
 * only proofs have to wait.
 */
@Dependent
public class SequenceEvents {
  private final AppendBatch appendBatch;
  private final LogGuard guard;
  private final CheckpointFile file;

  @Inject
  SequenceEvents(AppendBatch appendBatch, LogGuard guard, CheckpointFile file) {
    this.appendBatch = appendBatch;
    this.guard = guard;
    this.file = file;
  }

  /** One run. */
  public void run(Instant now) {
    if (guard.halted().isPresent()) {
      return;
    }
    Published newest = null;
    try {
      newest = appendAll(now);
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

  /** Appends until nothing is left or the run is long enough; the last checkpoint published. */
  private @Nullable Published appendAll(Instant now) {
    Published newest = null;
    for (int batch = 0; batch < Limits.BATCHES_PER_RUN; batch++) {
      AppendBatch.Appended appended = appendBatch.append(now);
      Optional<Published> published = appended.published();
      if (published.isPresent()) {
        newest = published.get();
        guard.saw(newest.checkpoint());
      }
      if (!appended.more()) {
        return newest;
      }
    }
    return newest;
  }

  private void stop(TalosException cause) {
    String why = String.valueOf(cause.getMessage());
    if (guard.halt(why)) {
      AuditLog.halted(why);
    }
  }
}
