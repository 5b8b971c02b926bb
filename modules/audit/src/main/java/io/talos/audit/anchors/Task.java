package io.talos.audit.anchors;

import io.talos.contracts.log.SignedNote;
import io.talos.contracts.log.anchor.AnchorKind;
import java.time.Instant;

/**
 * What a lane owes a checkpoint.
 *
 * @param logId the log's number
 * @param size the checkpoint's size
 * @param note the checkpoint as the log signed it
 * @param openedAt when its epoch began
 * @param tries how often it failed in a row
 */
public record Task(
    AnchorKind kind, long logId, long size, SignedNote note, Instant openedAt, int tries) {}
