package io.talos.client;

import io.talos.client.state.StateFolder;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.crypto.Sha256;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;

/** The server as a witness of how new a state is. */
final class Parking {
  private final Conversations conversations;
  private final AgentHome home;

  Parking(Conversations conversations, AgentHome home) {
    this.conversations = conversations;
    this.home = home;
  }

  Reply<Long> park(UuidV7 session) {
    StateFolder.Copy copy = home.copy(session);
    if (copy.sealed().size() > Limits.PARKED_BYTES_MAX) {
      throw new TalosException(ErrorCode.STATE_FULL, "the state is larger than a server keeps");
    }
    Reply<JsonObject> reply =
        conversations.rotate(
            session,
            Json.createObjectBuilder()
                .add("ratchet_state_blob_b64u", Base64Url.encode(copy.sealed()))
                .add("ratchet_state_digest", Sha256.hex(copy.sealed()))
                .add("ratchet_state_counter", copy.counter())
                .build());
    if (reply instanceof Reply.Refused<JsonObject> refused
        && refused.refusal().is(ErrorCode.A2A_PARKED_STATE_STALE)) {
      // This very state, when an answer was lost; otherwise another copy went on.
      return requireNewest(session);
    }
    return reply.map(parked -> copy.counter());
  }

  Reply<Long> requireNewest(UuidV7 session) {
    StateFolder.Copy copy = home.copy(session);
    return conversations.status(session).map(there -> compared(copy, there));
  }

  private static long compared(StateFolder.Copy copy, JsonObject there) {
    long parked =
        there.get("ratchet_state_counter") instanceof JsonNumber counter
            ? counter.longValueExact()
            : 0;
    boolean another =
        parked == copy.counter()
            && !there.getString("ratchet_state_digest", "").equals(Sha256.hex(copy.sealed()));
    if (parked > copy.counter() || another) {
      throw new TalosException(
          ErrorCode.STATE_ROLLED_BACK, "a newer state was parked at the server");
    }
    return copy.counter();
  }
}
