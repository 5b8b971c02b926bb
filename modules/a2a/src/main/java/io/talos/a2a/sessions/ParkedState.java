package io.talos.a2a.sessions;

import io.talos.contracts.Bytes;
import io.talos.contracts.Check;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;

/**
 * A participant's ratchet state, sealed by its client and kept here for it. Opaque: Talos cannot
 * read it, and only its owner gets it back.
 *
 * <p>The counter only rises, and stands with the digest in the session's history: a server that
 * brought an older state back would contradict the history that it signed for.
 *
 * @param blob what the client sealed, at most {@value Limits#PARKED_STATE_BYTES_MAX} bytes
 * @param digest hex SHA-256 of {@code blob}
 * @param counter the client's own count of its states, from 1
 */
public record ParkedState(Bytes blob, String digest, long counter) {
  /** The digest is the blob's. */
  public ParkedState {
    Check.that(!blob.isEmpty(), "a parked state is not empty");
    Check.atMost(blob.size(), Limits.PARKED_STATE_BYTES_MAX, "the parked state's size");
    Check.that(Sha256.hex(blob).equals(digest), "the digest is the blob's");
    Check.that(counter > 0 && counter <= Limits.COUNTER_MAX, "the counter is a positive number");
  }

  /** What the session's history says of it. */
  public JsonObject data() {
    return Json.createObjectBuilder()
        .add("ratchet_state_digest", digest)
        .add("ratchet_state_counter", counter)
        .build();
  }
}
