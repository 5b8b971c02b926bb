package io.talos.audit.tree;

import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.NoteKey;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A key of a log, and which checkpoints it signs.
 *
 * @param key named after the log
 * @param begin the smallest size whose checkpoint it signs
 * @param end the first size whose checkpoint it does not sign any more; empty while it signs
 * @param added the event that named it; empty for the key that the log was opened with
 */
public record KeyPeriod(NoteKey key, long begin, OptionalLong end, Optional<UuidV7> added) {
  /** The key that a log is opened with. */
  public static KeyPeriod first(NoteKey key) {
    return new KeyPeriod(key, 0, OptionalLong.empty(), Optional.empty());
  }

  /** Whether it signs the checkpoint of this size. */
  boolean signs(long size) {
    return begin <= size && (end.isEmpty() || size < end.getAsLong());
  }
}
