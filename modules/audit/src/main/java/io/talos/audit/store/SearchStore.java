package io.talos.audit.store;

import io.talos.audit.event.EventPosition;
import io.talos.audit.event.EventSearch;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.time.WireTime;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;
import java.util.Optional;

/** Looks for events in Postgres, along the indexes of {@code V30__serving.sql}. */
@ApplicationScoped
public class SearchStore implements EventSearch {
  private static final String NEWEST =
      "select e.event from audit.event e where %s order by e.ts desc, e.event_id desc";

  @PersistenceContext(unitName = "audit")
  @SuppressWarnings("NullAway.Init")
  EntityManager rows;

  @Override
  public List<JsonObject> newest(EventFilter filter, Optional<EventPosition> before, int most) {
    Condition condition = Condition.of(filter);
    before.ifPresent(
        place ->
            condition.and(
                "(e.ts, e.event_id) < (cast(? as timestamptz), cast(? as uuid))",
                WireTime.format(place.ts()),
                place.eventId().text()));
    return EventStore.events(
        condition
            .bind(rows.createNativeQuery(NEWEST.formatted(condition.text())))
            .setMaxResults(most));
  }
}
