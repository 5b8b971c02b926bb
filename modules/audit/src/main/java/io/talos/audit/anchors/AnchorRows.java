package io.talos.audit.anchors;

import io.talos.contracts.log.anchor.Anchor;
import io.talos.contracts.log.anchor.AnchorKind;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Where epochs, their tasks and their evidence are kept. Evidence is added, never changed. */
public interface AnchorRows {
  /** Takes the right to open epochs until the transaction ends; false when another node has it. */
  boolean tryLock();

  /** The epoch that was opened last. */
  Optional<Epoch> newest();

  /** Opens an epoch; its pending lanes get a task each, due at once. */
  void open(Epoch epoch);

  /** Takes or keeps a lane until then; false when another holder has it. */
  boolean lease(AnchorKind lane, String holder, Instant now, Instant until);

  /** Tasks that are due, the oldest checkpoints first. */
  List<Task> due(AnchorKind lane, Instant now, int most);

  /** Records evidence; what is there under its name stays as it is. */
  void record(long logId, long size, Evidence evidence, Instant now);

  /** Nothing more is owed. */
  void finish(Task task);

  /** The task is due again then, having failed so often in a row. */
  void postpone(Task task, int tries, Instant next, Optional<String> code);

  /** The names under which evidence of this kind is there. */
  List<String> names(long logId, long size, AnchorKind kind);

  /** Epochs of a log below a size, the largest first. */
  List<Epoch> epochs(long logId, OptionalLong below, int most);

  /** One epoch. */
  Optional<Epoch> epoch(long logId, long size);

  /** The checkpoint of an epoch as the log signed it. */
  String note(long logId, long size);

  /** All evidence of a checkpoint. */
  List<Anchor> anchors(long logId, long size);
}
