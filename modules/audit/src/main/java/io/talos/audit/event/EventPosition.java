package io.talos.audit.event;

import io.talos.contracts.id.UuidV7;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import java.time.Instant;

/** Where an event stands among all others: by its time, and then by its id. */
public record EventPosition(Instant ts, UuidV7 eventId) implements Comparable<EventPosition> {
  /** The place of an event. */
  public static EventPosition of(JsonObject event) {
    return new EventPosition(
        WireTime.parse(event.getString("ts")), new UuidV7(event.getString("event_id")));
  }

  @Override
  public int compareTo(EventPosition other) {
    int byTime = ts.compareTo(other.ts);
    return byTime != 0 ? byTime : eventId.compareTo(other.eventId);
  }
}
