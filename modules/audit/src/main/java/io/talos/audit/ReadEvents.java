package io.talos.audit;

import io.talos.audit.event.EventFilter;
import io.talos.audit.event.EventRows;
import io.talos.contracts.audit.EventCursor;
import io.talos.contracts.audit.Opening;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.principal.Principal;
import io.talos.contracts.principal.PrincipalKind;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.transaction.Transactional;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Finds events. Operators see all, with what the commitments hide; an agent or a client sees its
 * own, without. What a caller may not see does not exist for it.
 *
 * <p>Refuses with: {@link ErrorCode#AUDIT_EVENT_NOT_FOUND}.
 */
@Dependent
public class ReadEvents {
  private final EventRows events;

  @Inject
  ReadEvents(EventRows events) {
    this.events = events;
  }

  /**
   * One page.
   *
   * @param next where the next page begins, when there is one
   */
  public record Page(List<JsonObject> events, Optional<EventCursor> next) {
    /** Copies. */
    public Page {
      events = List.copyOf(events);
    }
  }

  /** An event and, for operators, what its commitments hide. */
  public record View(JsonObject event, SortedMap<String, Opening> openings) {}

  /** At most {@code limit} events, newest first; for operators. */
  @Transactional
  public Page list(EventFilter filter, int limit) {
    List<JsonObject> found = events.list(filter, limit + 1);
    if (found.size() <= limit) {
      return new Page(found, Optional.empty());
    }
    List<JsonObject> page = found.subList(0, limit);
    UuidV7 last = new UuidV7(page.get(limit - 1).getString("event_id"));
    return new Page(page, Optional.of(new EventCursor(last)));
  }

  /** One event. */
  @Transactional
  public Reading<View> find(UuidV7 eventId, Principal reader) {
    return visible(eventId, reader)
        .<Reading<View>>map(
            event -> new Reading.Found<>(new View(event, openings(eventId, reader))))
        .orElseGet(() -> new Reading.Refused<>(ErrorCode.AUDIT_EVENT_NOT_FOUND));
  }

  private SortedMap<String, Opening> openings(UuidV7 eventId, Principal reader) {
    return reader.kind() == PrincipalKind.OPERATOR
        ? events.openings(eventId)
        : Collections.emptySortedMap();
  }

  /** The event, if {@code reader} may see it. */
  Optional<JsonObject> visible(UuidV7 eventId, Principal reader) {
    return events
        .find(eventId)
        .filter(
            event ->
                reader.kind() == PrincipalKind.OPERATOR
                    || reader.id().equals(event.getJsonObject("principal").getString("id", null)));
  }
}
