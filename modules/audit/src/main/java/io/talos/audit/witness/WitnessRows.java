package io.talos.audit.witness;

import io.talos.contracts.log.Checkpoint;
import io.talos.contracts.log.SignedNote;
import java.time.Instant;
import java.util.Optional;

/** What this node cosigned. Rows are added, never changed; a size of a log has one root. */
public interface WitnessRows {
  /** Waits until nobody else judges checkpoints of this log; until the transaction ends. */
  void lock(String origin);

  /** The largest checkpoint of this log that was cosigned. */
  Optional<Checkpoint> newest(String origin);

  /** Records a checkpoint before its cosignature leaves. */
  void add(Checkpoint checkpoint, SignedNote note, Instant now);

  /** Records that a log showed another root for a size; false when this root is known already. */
  boolean addContradiction(Checkpoint shown, SignedNote note, Instant now);
}
