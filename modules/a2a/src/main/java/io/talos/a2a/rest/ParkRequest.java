package io.talos.a2a.rest;

import io.talos.a2a.sessions.ParkedState;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The body that accepts or rotates a session; schema {@code a2a/session_park_request.v1}. All
 * members or none.
 */
public record ParkRequest(
    @JsonbProperty("ratchet_state_blob_b64u") @Nullable String blob,
    @JsonbProperty("ratchet_state_digest") @Nullable String digest,
    @JsonbProperty("ratchet_state_counter") @Nullable Long counter) {

  /**
   * The state to park, when there is one.
   *
   * @throws TalosException {@link ErrorCode#TALOS_INVALID_INPUT} when the digest is not the blob's
   */
  Optional<ParkedState> parked() {
    if (blob == null && digest == null && counter == null) {
      return Optional.empty();
    }
    if (blob == null || digest == null || counter == null) {
      throw new TalosException(
          ErrorCode.TALOS_INVALID_INPUT, "a blob comes with its digest and counter");
    }
    try {
      return Optional.of(new ParkedState(Base64Url.decode(blob), digest, counter));
    } catch (IllegalArgumentException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "not a state to park", e);
    }
  }
}
