package io.talos.a2a.rest;

import io.talos.a2a.ListSessions;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some sessions of the caller; schema {@code a2a/session_page.v1}.
 *
 * @param nextCursor to go on from; absent when there are no more
 */
public record SessionListResponse(
    List<SessionResponse> sessions, @JsonbProperty("next_cursor") @Nullable String nextCursor) {
  static SessionListResponse of(ListSessions.Page page) {
    return new SessionListResponse(
        page.sessions().stream()
            .map(session -> SessionResponse.of(session, session.stateAt(page.now())))
            .toList(),
        page.nextCursor().orElse(null));
  }
}
