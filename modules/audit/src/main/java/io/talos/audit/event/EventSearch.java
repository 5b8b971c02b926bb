package io.talos.audit.event;

import io.talos.contracts.audit.EventFilter;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Looks for events; reading only. */
public interface EventSearch {
  /**
   * At most {@code most} events that {@code filter} accepts, newest first.
   *
   * @param before older than this place
   */
  List<JsonObject> newest(EventFilter filter, Optional<EventPosition> before, int most);
}
