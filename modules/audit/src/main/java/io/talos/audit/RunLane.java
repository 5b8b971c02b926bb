package io.talos.audit;

import io.talos.audit.anchors.Lane;
import io.talos.audit.anchors.Limits;
import io.talos.audit.anchors.Progress;
import io.talos.audit.anchors.Task;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lets one lane work at what is due, at most {@link Limits#BATCH} checkpoints. No transaction is
 * open while it talks to others. What fails is tried again later and holds nothing else up; a lane
 * that cannot be reached is left alone for this run.
 */
@Dependent
public class RunLane {
  private final KeepAnchors keepAnchors;

  @Inject
  RunLane(KeepAnchors keepAnchors) {
    this.keepAnchors = keepAnchors;
  }

  /**
   * What a run did.
   *
   * @param tasks how many were due
   * @param failed the first failure, when there was one
   */
  public record Ran(int tasks, Optional<TalosException> failed) {}

  /** One run. */
  public Ran run(Lane lane, String holder, Instant now) {
    List<Task> due = keepAnchors.take(lane.kind(), holder, now);
    Optional<TalosException> first = Optional.empty();
    for (Task task : due) {
      Progress progress;
      Optional<TalosException> failed = Optional.empty();
      try {
        progress = lane.advance(task, now);
        failed = progress.code().map(code -> new TalosException(code, "not enough evidence yet"));
      } catch (TalosException e) {
        progress = Progress.failed(List.of(), e.code());
        failed = Optional.of(e);
      } catch (IllegalArgumentException | ArithmeticException e) {
        // An answer that no value of ours can hold must not keep the next checkpoints waiting.
        progress = Progress.failed(List.of(), ErrorCode.ANCHOR_ANSWER_INVALID);
        failed =
            Optional.of(new TalosException(ErrorCode.ANCHOR_ANSWER_INVALID, "cannot be read", e));
      }
      keepAnchors.keep(task, progress, now);
      first = first.isPresent() ? first : failed;
      if (failed.filter(e -> isAway(e.code())).isPresent()) {
        break;
      }
    }
    return new Ran(due.size(), first);
  }

  private static boolean isAway(ErrorCode code) {
    return code == ErrorCode.UPSTREAM_UNAVAILABLE || code == ErrorCode.UPSTREAM_TIMEOUT;
  }
}
