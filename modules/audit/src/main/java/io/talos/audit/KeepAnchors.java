package io.talos.audit;

import io.talos.audit.anchors.AnchorRows;
import io.talos.audit.anchors.AnchorSettings;
import io.talos.audit.anchors.Evidence;
import io.talos.audit.anchors.Limits;
import io.talos.audit.anchors.Progress;
import io.talos.audit.anchors.Task;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.log.anchor.AnchorKind;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Gives lanes their work and keeps what they got; each call is one short transaction. */
@Dependent
public class KeepAnchors {
  private static final int DOUBLINGS_MAX = 20;

  private final AnchorRows rows;
  private final AnchorSettings settings;

  @Inject
  KeepAnchors(AnchorRows rows, AnchorSettings settings) {
    this.rows = rows;
    this.settings = settings;
  }

  /** What is due, when this holder has the lane; nothing when another one has it. */
  @Transactional
  public List<Task> take(AnchorKind lane, String holder, Instant now) {
    return rows.lease(lane, holder, now, now.plus(Limits.LEASE))
        ? rows.due(lane, now, Limits.BATCH)
        : List.of();
  }

  /** Evidence and what is still owed change together. */
  @Transactional
  public void keep(Task task, Progress progress, Instant now) {
    for (Evidence evidence : progress.evidence()) {
      rows.record(task.logId(), task.size(), evidence, now);
    }
    if (progress.done()) {
      rows.finish(task);
      return;
    }
    int tries = progress.pause().isPresent() ? 0 : task.tries() + 1;
    Duration wait = progress.pause().orElseGet(() -> backoff(tries));
    rows.postpone(task, tries, now.plus(wait), progress.code().map(ErrorCode::name));
  }

  private Duration backoff(int tries) {
    Duration wait = Limits.BACKOFF_MIN.multipliedBy(1L << Math.min(tries - 1, DOUBLINGS_MAX));
    return wait.compareTo(settings.retryMax()) < 0 ? wait : settings.retryMax();
  }
}
