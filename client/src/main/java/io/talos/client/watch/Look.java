package io.talos.client.watch;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.log.SignedNote;
import java.util.List;
import java.util.function.Function;

/** What a watch saw. */
public sealed interface Look permits Look.Holds, Look.Alarm {
  /**
   * The log only grew, nothing is missing, and all of it is served.
   *
   * @param now what to remember
   * @param fresh how many entries are new
   */
  record Holds(Watched now, long fresh) implements Look {}

  /**
   * It is not as it must be; what was remembered before stays what counts.
   *
   * @param code {@link ErrorCode#AUDIT_LOG_FORKED}, {@link ErrorCode#AUDIT_LOG_ROLLED_BACK}, {@link
   *     ErrorCode#AUDIT_LOG_INCOMPLETE}, {@link ErrorCode#AUDIT_LOG_GAP}, {@link
   *     ErrorCode#AUDIT_LOG_STALE}, {@link ErrorCode#AUDIT_LOG_HALTED} or {@link
   *     ErrorCode#PROOF_INVALID}
   * @param why for whoever reads the report
   * @param evidence the checkpoints that prove it to others, as far as there are any
   */
  record Alarm(ErrorCode code, String why, List<SignedNote> evidence) implements Look {
    /** Copies. */
    public Alarm {
      evidence = List.copyOf(evidence);
    }
  }

  /** Answers by the result. */
  default <R> R match(Function<Holds, R> holds, Function<Alarm, R> alarm) {
    return this instanceof Holds yes ? holds.apply(yes) : alarm.apply((Alarm) this);
  }
}
