package io.talos.audit.anchors;

import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.anchor.AnchorKind;
import java.time.Instant;

/** One way of anchoring. A lane keeps nothing in memory: the next call may be on another node. */
public interface Lane {
  /** Which one. */
  AnchorKind kind();

  /**
   * Does the next step of a task; safe to repeat at any time, also after it was done.
   *
   * @throws TalosException with the code of what is wrong, when the step could not be done
   */
  Progress advance(Task task, Instant now);
}
