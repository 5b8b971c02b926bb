package io.talos.audit.witness;

import io.talos.audit.anchors.Task;
import io.talos.contracts.Bytes;
import io.talos.contracts.log.WitnessKey;
import java.util.List;

/** What the log knows about itself and its witnesses, each call a transaction of its own. */
public interface WitnessMemory {
  /** The consistency proof between two sizes of a log. */
  List<Bytes> growth(long logId, long from, long to);

  /** The size that a witness is believed to know; 0 when nothing is known. */
  long known(WitnessKey witness, long logId);

  /** A witness knows this size. */
  void learned(WitnessKey witness, long logId, long size);

  /** The names of those whose cosignatures of the checkpoint are there. */
  List<String> cosigned(Task task);
}
