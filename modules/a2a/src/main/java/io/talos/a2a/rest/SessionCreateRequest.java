package io.talos.a2a.rest;

import io.talos.a2a.OpenSession;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.time.WireTime;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The body that opens a session; schema {@code a2a/session_create_request.v1}. */
public record SessionCreateRequest(
    @JsonbProperty("responder_id") String responderId,
    String suite,
    @JsonbProperty("initial_message") String initialMessage,
    @JsonbProperty("expires_at") @Nullable String expiresAt) {

  OpenSession.Request request() {
    return new OpenSession.Request(
        responderId,
        suite,
        Base64Url.decode(initialMessage),
        Optional.ofNullable(expiresAt).map(WireTime::parse));
  }
}
