package io.talos.audit.tree;

import io.talos.contracts.Bytes;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.log.LogLeaf;
import java.time.Instant;

/**
 * An event that no log holds yet.
 *
 * @param position its place in the outbox
 */
public record Pending(
    long position,
    UuidV7 eventId,
    String source,
    long sourceSeq,
    String kind,
    Instant ts,
    Bytes eventHash) {

  /** The entry that it becomes at {@code logSeq}. */
  public LogLeaf leaf(long logSeq) {
    return new LogLeaf(logSeq, source, sourceSeq, kind, ts, eventHash);
  }
}
