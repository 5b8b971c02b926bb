package io.talos.audit;

import io.talos.audit.ops.AuditLog;
import io.talos.audit.recheck.LogWalk;
import io.talos.audit.recheck.RecheckRows;
import io.talos.audit.recheck.RecheckState;
import io.talos.audit.recheck.Verdict;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * Computes every log again from its events, up to the checkpoint that is the newest when it begins,
 * and names the first row that is not what the events say:
 *
 * <ul>
 *   <li>each event has the hash that its text names, and columns that repeat its text;
 *   <li>each entry is the one text of its event, at its index, without a gap;
 *   <li>each hash of the tree, on every level of tiles, is that of what lies under it;
 *   <li>each checkpoint is signed by the log's key, over the root of the entries before it;
 *   <li>each source counts its events without a gap, and every event is in a log or waits for one;
 *   <li>each opening and each signed text that still exists is the one that its event commits to.
 *       An opening that was erased leaves nothing to check, and breaks nothing.
 * </ul>
 *
 * <p>It writes nothing, stops nothing and runs beside a server at work: it reads what was
 * published, which never changes, in short transactions. Memory does not grow with the log. One
 * runs on a node at a time; nodes do not believe each other's.
 */
@Dependent
public class RecheckLog {
  private final RecheckRows rows;
  private final RecheckState state;
  private final InstantSource clock;

  @Inject
  RecheckLog(RecheckRows rows, RecheckState state, InstantSource clock) {
    this.rows = rows;
    this.state = state;
    this.clock = clock;
  }

  /**
   * One recheck, which was begun in {@link RecheckState}; the outcome is told there and logged.
   *
   * @param readers read and check batches, several at once
   * @param ahead how many batches are under way at once
   */
  public void run(Executor readers, int ahead) {
    Verdict verdict;
    try {
      verdict = new LogWalk(rows, state, readers, ahead).run();
    } catch (RuntimeException e) {
      state.failed(String.valueOf(e.getMessage()), clock.instant());
      AuditLog.notRechecked(e);
      return;
    }
    state.end(verdict, clock.instant());
    Runnable told =
        verdict.match(
            holds -> () -> AuditLog.rechecked(holds.entries()),
            broken -> () -> AuditLog.badRow(broken.row().text()),
            cancelled -> () -> {});
    told.run();
  }
}
