package io.talos.contracts.log.export;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.log.Checkpoint;
import java.util.function.Function;

/** What came of verifying an export. */
public sealed interface ExportVerification
    permits ExportVerification.Verified, ExportVerification.Refused {
  /**
   * All of it holds.
   *
   * @param head what was asked for
   * @param checkpoint the checkpoint that all entries are proved under
   * @param events how many events are shown whole
   * @param callers how many of them carry the signature of the agent that asked
   * @param complete whether no event that was asked for can have been left out of these entries
   * @param open whether the window reaches to the end of the log, so that more may come into it
   */
  record Verified(
      ExportHead head,
      Checkpoint checkpoint,
      long events,
      long callers,
      boolean complete,
      boolean open)
      implements ExportVerification {
    /** How many entries of the log. */
    public long entries() {
      return head.end() - head.begin();
    }
  }

  /** Something does not hold; nothing of it is to be believed. */
  record Refused(ErrorCode code, String why) implements ExportVerification {}

  /** One of the two. */
  default <R> R match(Function<Verified, R> verified, Function<Refused, R> refused) {
    return this instanceof Verified holds ? verified.apply(holds) : refused.apply((Refused) this);
  }
}
