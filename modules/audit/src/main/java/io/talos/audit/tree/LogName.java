package io.talos.audit.tree;

import io.talos.contracts.Check;
import io.talos.contracts.log.NoteKey;
import java.util.List;

/**
 * A log that this database holds.
 *
 * @param id its number; the log with the largest is the one that is written
 * @param keys the keys that sign or signed its checkpoints, the oldest first; at least one signs
 */
public record LogName(long id, List<KeyPeriod> keys) {
  /** Copies. */
  public LogName {
    keys = List.copyOf(keys);
    Check.that(keys.stream().anyMatch(key -> key.end().isEmpty()), "a log has a key that signs");
  }

  /** The log's origin line. */
  public String origin() {
    return keys.get(0).key().name();
  }

  /** The keys that sign now, the oldest first. */
  public List<NoteKey> signing() {
    return keys.stream().filter(key -> key.end().isEmpty()).map(KeyPeriod::key).toList();
  }

  /** The newest key that signs now. */
  public NoteKey key() {
    List<NoteKey> signing = signing();
    return signing.get(signing.size() - 1);
  }

  /** Whether every key that signs checkpoints of this size signed this one. */
  public boolean signed(Published published) {
    return keysAt(published).stream().allMatch(published.note()::isSignedBy);
  }

  /**
   * Whether one of the keys that sign checkpoints of this size signed this one: enough for one that
   * another state of the database gave out, before or after a key was added or retired.
   */
  public boolean knows(Published published) {
    return keysAt(published).stream().anyMatch(published.note()::isSignedBy);
  }

  private List<NoteKey> keysAt(Published published) {
    long size = published.checkpoint().size();
    List<NoteKey> at = keys.stream().filter(key -> key.signs(size)).map(KeyPeriod::key).toList();
    Check.that(!at.isEmpty(), "every size of a log has a key");
    return at;
  }
}
