package io.talos.a2a.rest;

import io.talos.a2a.sessions.SessionEvent;
import jakarta.json.JsonObject;
import java.util.List;

/** Some events of a session's history; schema {@code a2a/session_event_page.v1}. */
public record SessionEventsResponse(List<JsonObject> events) {
  static SessionEventsResponse of(List<SessionEvent> events) {
    return new SessionEventsResponse(events.stream().map(SessionEvent::toJson).toList());
  }
}
