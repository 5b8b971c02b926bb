package io.talos.audit.event;

import io.talos.contracts.audit.EventFilter;
import jakarta.json.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Looks for events in memory. */
public final class MemoryEventSearch implements EventSearch {
  private final MemoryEventRows events;

  public MemoryEventSearch(MemoryEventRows events) {
    this.events = events;
  }

  @Override
  public List<JsonObject> newest(EventFilter filter, Optional<EventPosition> before, int most) {
    return events.all().stream()
        .filter(filter::accepts)
        .filter(e -> before.map(b -> EventPosition.of(e).compareTo(b) < 0).orElse(true))
        .sorted(Comparator.comparing(EventPosition::of).reversed())
        .limit(most)
        .toList();
  }
}
