package io.talos.audit.event;

import io.talos.contracts.Bytes;
import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * An entry of the log as an export shows it.
 *
 * @param leaf the entry's exact bytes
 * @param event the event, when it is shown whole
 * @param signatureBase what its caller signed, when it is shown
 */
public record Exported(
    long logSeq, Bytes leaf, Optional<JsonObject> event, Optional<Bytes> signatureBase) {}
