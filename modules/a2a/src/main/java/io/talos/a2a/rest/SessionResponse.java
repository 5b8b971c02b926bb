package io.talos.a2a.rest;

import io.talos.a2a.ReadSession;
import io.talos.a2a.sessions.ParkedState;
import io.talos.a2a.sessions.Session;
import io.talos.a2a.sessions.SessionState;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.time.WireTime;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A session as a participant sees it; schema {@code a2a/session.v2}. */
public record SessionResponse(
    @JsonbProperty("session_id") String sessionId,
    @JsonbProperty("initiator_id") String initiatorId,
    @JsonbProperty("responder_id") String responderId,
    String suite,
    @JsonbProperty("initial_message") @Nullable String initialMessage,
    String state,
    @JsonbProperty("created_at") String createdAt,
    @JsonbProperty("expires_at") String expiresAt,
    @JsonbProperty("event_count") long eventCount,
    @JsonbProperty("event_digest") String eventDigest,
    @JsonbProperty("ratchet_state_blob_b64u") @Nullable String ratchetStateBlob,
    @JsonbProperty("ratchet_state_digest") @Nullable String ratchetStateDigest,
    @JsonbProperty("ratchet_state_counter") @Nullable Long ratchetStateCounter) {

  static SessionResponse of(ReadSession.View view) {
    return of(view.session(), view.state(), view.parked());
  }

  static SessionResponse of(Session session) {
    return of(session, session.state());
  }

  static SessionResponse of(Session session, SessionState state) {
    return of(session, state, Optional.empty());
  }

  private static SessionResponse of(
      Session session, SessionState state, Optional<ParkedState> parked) {
    return new SessionResponse(
        session.id().text(),
        session.participants().initiator(),
        session.participants().responder(),
        session.suite().wireName(),
        session.initialMessage().isEmpty() ? null : Base64Url.encode(session.initialMessage()),
        state.wire(),
        WireTime.format(session.createdAt()),
        WireTime.format(session.expiresAt()),
        session.events(),
        session.digest(),
        parked.map(own -> Base64Url.encode(own.blob())).orElse(null),
        parked.map(ParkedState::digest).orElse(null),
        parked.map(ParkedState::counter).orElse(null));
  }
}
