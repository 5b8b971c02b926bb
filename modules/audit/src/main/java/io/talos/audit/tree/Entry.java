package io.talos.audit.tree;

import io.talos.contracts.Bytes;
import io.talos.contracts.id.UuidV7;

/**
 * An event's entry in a log.
 *
 * @param leaf the exact bytes of the entry
 */
public record Entry(long logId, long logSeq, UuidV7 eventId, Bytes leaf) {}
