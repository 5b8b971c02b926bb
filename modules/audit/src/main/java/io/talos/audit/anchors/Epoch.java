package io.talos.audit.anchors;

import io.talos.contracts.log.anchor.AnchorKind;
import java.time.Instant;
import java.util.List;

/**
 * A checkpoint that was taken to be anchored.
 *
 * @param logId the log's number
 * @param size the checkpoint's size
 * @param openedAt when
 * @param pending which lanes still owe it something
 */
public record Epoch(long logId, long size, Instant openedAt, List<AnchorKind> pending) {
  /** Copies. */
  public Epoch {
    pending = List.copyOf(pending);
  }
}
