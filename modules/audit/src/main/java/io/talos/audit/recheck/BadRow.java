package io.talos.audit.recheck;

/**
 * The first row that is not what the events say.
 *
 * @param table the table's name with its schema
 * @param key columns and values by which the row is found, or would be if it were there
 * @param what what is wrong with it
 */
public record BadRow(String table, String key, String what) {
  static BadRow event(String eventId, String what) {
    return new BadRow("audit.event", "event_id=" + eventId, what);
  }

  static BadRow entry(long logId, long logSeq, String what) {
    return new BadRow("audit.leaf", "log_id=" + logId + ", log_seq=" + logSeq, what);
  }

  static BadRow hash(long logId, int level, long position, String what) {
    return new BadRow(
        "audit.tree_hash",
        "log_id=" + logId + ", tile_level=" + level + ", position=" + position,
        what);
  }

  static BadRow checkpoint(long logId, long size, String what) {
    return new BadRow("audit.checkpoint", "log_id=" + logId + ", size=" + size, what);
  }

  /** The row in one line. */
  public String text() {
    return table + " (" + key + ") " + what;
  }
}
