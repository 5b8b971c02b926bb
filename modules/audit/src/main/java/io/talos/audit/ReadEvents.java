package io.talos.audit;

import io.talos.audit.erasure.ErasedMember;
import io.talos.audit.erasure.ErasureRows;
import io.talos.audit.event.EventPosition;
import io.talos.audit.event.EventRows;
import io.talos.audit.event.EventSearch;
import io.talos.contracts.audit.EventCursor;
import io.talos.contracts.audit.EventFilter;
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
 * <p>Refuses with: {@link ErrorCode#AUDIT_EVENT_NOT_FOUND}, {@link ErrorCode#TALOS_INVALID_CURSOR}.
 */
@Dependent
public class ReadEvents {
  private final EventRows events;
  private final EventSearch search;
  private final ErasureRows erasures;

  @Inject
  ReadEvents(EventRows events, EventSearch search, ErasureRows erasures) {
    this.events = events;
    this.search = search;
    this.erasures = erasures;
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

  /** An event, for operators what its commitments hide, and what was erased of it. */
  public record View(
      JsonObject event, SortedMap<String, Opening> openings, List<ErasedMember> erased) {
    /** Copies. */
    public View {
      erased = List.copyOf(erased);
    }
  }

  /**
   * At most {@code limit} of the reader's events, newest first.
   *
   * @param after the last event of the page before; one that the reader may not see is none
   */
  @Transactional
  public Reading<Page> list(
      EventFilter filter, Optional<EventCursor> after, int limit, Principal reader) {
    Optional<EventPosition> before =
        after.flatMap(cursor -> visible(cursor.eventId(), reader)).map(EventPosition::of);
    if (after.isPresent() && before.isEmpty()) {
      return new Reading.Refused<>(ErrorCode.TALOS_INVALID_CURSOR);
    }
    return new Reading.Found<>(
        readable(filter, reader)
            .map(own -> page(search.newest(own, before, limit + 1), limit))
            .orElseGet(() -> new Page(List.of(), Optional.empty())));
  }

  private static Page page(List<JsonObject> found, int limit) {
    if (found.size() <= limit) {
      return new Page(found, Optional.empty());
    }
    List<JsonObject> page = found.subList(0, limit);
    UuidV7 last = new UuidV7(page.get(limit - 1).getString("event_id"));
    return new Page(page, Optional.of(new EventCursor(last)));
  }

  /** What of {@code filter} the reader may see; empty when that is nothing. */
  static Optional<EventFilter> readable(EventFilter filter, Principal reader) {
    if (reader.kind() == PrincipalKind.OPERATOR) {
      return Optional.of(filter);
    }
    return filter.principal().map(reader.id()::equals).orElse(true)
        ? Optional.of(filter.by(reader.id()))
        : Optional.empty();
  }

  /** One event. */
  @Transactional
  public Reading<View> find(UuidV7 eventId, Principal reader) {
    return visible(eventId, reader)
        .<Reading<View>>map(
            event ->
                new Reading.Found<>(
                    new View(event, openings(eventId, reader), erasures.erased(eventId))))
        .orElseGet(() -> new Reading.Refused<>(ErrorCode.AUDIT_EVENT_NOT_FOUND));
  }

  private SortedMap<String, Opening> openings(UuidV7 eventId, Principal reader) {
    return reader.kind() == PrincipalKind.OPERATOR
        ? events.openings(eventId)
        : Collections.emptySortedMap();
  }

  /** The event, if {@code reader} may see it. */
  Optional<JsonObject> visible(UuidV7 eventId, Principal reader) {
    return events.find(eventId).filter(event -> isVisible(event, reader));
  }

  /** Whether {@code reader} may see an event. */
  static boolean isVisible(JsonObject event, Principal reader) {
    return reader.kind() == PrincipalKind.OPERATOR
        || reader.id().equals(event.getJsonObject("principal").getString("id", null));
  }
}
