package io.talos.a2a.sessions;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Sha256;

/**
 * A participant's ratchet state, sealed by its client and kept here for it. Opaque: Talos cannot
 * read it, and only its owner gets it back.
 *
 * @param blob what the client sealed, at most {@value Limits#PARKED_STATE_BYTES_MAX} bytes
 * @param digest hex SHA-256 of {@code blob}
 */
public record ParkedState(Bytes blob, String digest) {
  /** The digest is the blob's. */
  public ParkedState {
    Check.that(!blob.isEmpty(), "a parked state is not empty");
    Check.atMost(blob.size(), Limits.PARKED_STATE_BYTES_MAX, "the parked state's size");
    Check.that(Sha256.hex(blob).equals(digest), "the digest is the blob's");
  }
}
