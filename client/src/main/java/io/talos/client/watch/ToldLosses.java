package io.talos.client.watch;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.LogKeys;
import io.talos.contracts.log.LogLeaf;
import io.talos.contracts.log.SaidLoss;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A log that was read as a whole, and what of the losses that a server tells lies in it.
 *
 * @param checkpoint covers exactly what was read
 * @param losses those whose events are entries of the log, in its order
 * @param opened whether its first entry is the event that opens it
 */
public record ToldLosses(Checkpoint checkpoint, List<SaidLoss> losses, boolean opened) {
  /** Copies. */
  public ToldLosses {
    losses = List.copyOf(losses);
  }

  /**
   * Reads a log, of which nothing is to be believed before this returns.
   *
   * @param said what the server says that the log says
   * @param each is given every entry, in order
   * @throws TalosException {@link ErrorCode#PROOF_INVALID} as {@link WholeLog#read} says
   */
  public static ToldLosses read(
      LogKeys log, LogSource source, List<SaidLoss> said, Consumer<LogLeaf> each) {
    Map<Bytes, SaidLoss> wanted = new HashMap<>();
    said.forEach(loss -> wanted.put(loss.leaf(0).eventHash(), loss));
    List<LogLeaf> found = new ArrayList<>();
    Checkpoint checkpoint =
        WholeLog.read(
            log,
            source,
            entry -> {
              if (wanted.containsKey(entry.eventHash())) {
                found.add(entry);
              }
              each.accept(entry);
            });
    List<SaidLoss> losses = found.stream().map(LogLeaf::eventHash).map(wanted::get).toList();
    boolean opened =
        !found.isEmpty() && losses.get(0).opens() && found.get(0).equals(losses.get(0).leaf(0));
    return new ToldLosses(checkpoint, losses, opened);
  }
}
