package io.talos.contracts.log.export;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.SaidLoss;
import java.util.List;
import java.util.function.Function;

/** What came of verifying an export. */
public sealed interface ExportVerification
    permits ExportVerification.Verified, ExportVerification.Refused {
  /**
   * What an export shows of one log.
   *
   * @param checkpoint the checkpoint that its entries are proved under
   */
  record Part(ExportHead head, Checkpoint checkpoint) {
    /** How many entries of the log. */
    public long entries() {
      return head.end() - head.begin();
    }
  }

  /**
   * All of it holds.
   *
   * @param parts of each log of the server, the oldest first
   * @param losses what of these logs is said to be lost
   * @param events how many events are shown whole
   * @param callers how many of them carry the signature of the agent that asked
   * @param complete whether no event that was asked for can have been left out of these entries
   * @param open whether the window reaches to the end of the log, so that more may come into it
   */
  record Verified(
      List<Part> parts,
      List<SaidLoss> losses,
      long events,
      long callers,
      boolean complete,
      boolean open)
      implements ExportVerification {
    /** Copies. */
    public Verified {
      parts = List.copyOf(parts);
      losses = List.copyOf(losses);
    }

    /** Of the log that was written then. */
    public Part last() {
      return parts.get(parts.size() - 1);
    }

    /** How many entries of all logs. */
    public long entries() {
      return parts.stream().mapToLong(Part::entries).sum();
    }
  }

  /** Something does not hold; nothing of it is to be believed. */
  record Refused(ErrorCode code, String why) implements ExportVerification {}

  /** One of the two. */
  default <R> R match(Function<Verified, R> verified, Function<Refused, R> refused) {
    return this instanceof Verified holds ? verified.apply(holds) : refused.apply((Refused) this);
  }
}
