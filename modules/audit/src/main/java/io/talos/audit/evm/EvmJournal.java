package io.talos.audit.evm;

import io.talos.audit.anchors.Task;
import java.util.List;

/**
 * Every transaction that was signed, written down before it is sent, so that whoever goes on after
 * a crash sends the same one again. Each call is a transaction of the database of its own.
 */
public interface EvmJournal {
  /** The attempts of a checkpoint, the oldest first. */
  List<Attempt> attempts(Task task);

  /** The nonces of the newest attempts of all checkpoints that still wait for the chain. */
  List<Long> openNonces();

  /** Writes an attempt down. */
  void add(Task task, Attempt attempt);
}
