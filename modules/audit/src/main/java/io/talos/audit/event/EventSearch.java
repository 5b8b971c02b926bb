package io.talos.audit.event;

import io.talos.contracts.audit.EventFilter;
import jakarta.json.JsonObject;
import java.time.Instant;
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

  /**
   * At most {@code most} of a stretch's events that {@code filter} accepts, in the log's order.
   *
   * @param notOn not of requests on this surface
   */
  List<Logged> logged(Stretch stretch, EventFilter filter, Optional<String> notOn, int most);

  /** From the first to the last entry of the stretch whose event {@code filter} accepts. */
  Optional<Stretch> reach(Stretch stretch, EventFilter filter);

  /** The last entry of the stretch whose event is from before this time. */
  Optional<Long> lastBefore(Stretch stretch, Instant time);

  /** The entry of the stretch whose event is the latest before this time. */
  Optional<Long> latestBefore(Stretch stretch, Instant time);

  /** The first entry of the stretch whose event is of this time or later. */
  Optional<Long> firstFrom(Stretch stretch, Instant time);

  /** All entries of a stretch, those whole that {@code filter} accepts. */
  List<Exported> exported(Stretch stretch, EventFilter filter);

  /**
   * How many events of each phase, result, kind, code and surface every bucket has that holds one.
   *
   * @param from where a bucket begins
   * @param to where one ends
   */
  List<Count> counts(Instant from, Instant to, Bucket bucket);
}
