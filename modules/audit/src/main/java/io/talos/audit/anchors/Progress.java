package io.talos.audit.anchors;

import io.talos.contracts.error.ErrorCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How far a lane came with a task.
 *
 * @param evidence what it got now
 * @param done whether nothing more is owed
 * @param pause until it is worth looking again; when absent, the longer the more often it failed
 * @param code why it is not done, when something is wrong
 */
public record Progress(
    List<Evidence> evidence, boolean done, Optional<Duration> pause, Optional<ErrorCode> code) {
  /** Copies. */
  public Progress {
    evidence = List.copyOf(evidence);
  }

  /** Nothing more is owed. */
  public static Progress done(List<Evidence> evidence) {
    return new Progress(evidence, true, Optional.empty(), Optional.empty());
  }

  /** All is well, and it takes its time. */
  public static Progress waiting(Duration pause) {
    return new Progress(List.of(), false, Optional.of(pause), Optional.empty());
  }

  /** Something is missing for this reason. */
  public static Progress failed(List<Evidence> evidence, ErrorCode code) {
    return new Progress(evidence, false, Optional.empty(), Optional.of(code));
  }
}
