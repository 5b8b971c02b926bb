package io.talos.audit.proofs;

import io.talos.contracts.Bytes;
import jakarta.json.JsonObject;
import java.util.Optional;

/**
 * An event that is there.
 *
 * @param event as it was hashed
 * @param signatureBase what the caller signed
 * @param place where it stands, once it is in a log
 */
public record Provable(JsonObject event, Optional<Bytes> signatureBase, Optional<Place> place) {}
