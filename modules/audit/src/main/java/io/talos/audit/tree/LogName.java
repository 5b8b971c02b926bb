package io.talos.audit.tree;

import io.talos.contracts.log.NoteKey;

/**
 * A log that this database holds.
 *
 * @param id its number; the log with the largest is the one that is written
 * @param key the key that signs its checkpoints, named after the log's origin
 */
public record LogName(long id, NoteKey key) {
  /** The log's origin line. */
  public String origin() {
    return key.name();
  }
}
