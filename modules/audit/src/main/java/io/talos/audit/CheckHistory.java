package io.talos.audit;

import io.talos.audit.tree.History;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.audit.tree.Published;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.SignedNote;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** Compares the database with a checkpoint that was published earlier and kept elsewhere. */
@Dependent
public class CheckHistory {
  private final LogRows rows;

  @Inject
  CheckHistory(LogRows rows) {
    this.rows = rows;
  }

  /**
   * Returns when the log in the database continues the checkpoint in {@code note}, and signed it.
   *
   * @throws TalosException {@link ErrorCode#AUDIT_LOG_HALTED} otherwise
   */
  @Transactional
  public void check(SignedNote note) {
    Checkpoint seen = Published.of(note).checkpoint();
    if (rows.byOrigin(seen.origin()).filter(log -> note.isSignedBy(log.key())).isEmpty()) {
      throw halted("the kept checkpoint is of no log in the database");
    }
    check(seen);
  }

  /**
   * Returns when the log in the database continues {@code seen}.
   *
   * @throws TalosException {@link ErrorCode#AUDIT_LOG_HALTED} when the log is unknown here, shorter
   *     or another one
   */
  @Transactional
  public void check(Checkpoint seen) {
    LogName log =
        rows.byOrigin(seen.origin())
            .orElseThrow(() -> halted("the database has no log of origin " + seen.origin()));
    Checkpoint now =
        rows.latest(log)
            .map(Published::checkpoint)
            .orElseThrow(() -> halted("the log has no checkpoint"));
    if (!now.equals(seen) && !History.continues(seen, now, rows.tiles(log))) {
      throw halted(
          "size "
              + now.size()
              + " in the database does not continue the published size "
              + seen.size());
    }
  }

  private static TalosException halted(String why) {
    return new TalosException(ErrorCode.AUDIT_LOG_HALTED, why);
  }
}
