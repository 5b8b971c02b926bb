package io.talos.audit.rest;

import io.talos.audit.CountEvents;
import io.talos.audit.event.Bucket;
import io.talos.audit.event.Count;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.json.Json;
import io.talos.contracts.time.Rfc3339;
import io.talos.contracts.time.WireTime;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code /audit/statistics}: how many events there were, by what they say. */
@Path("/audit/statistics")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class StatisticsResource {
  private static final List<String> GROUPS = List.of("phase", "result", "kind", "code", "surface");

  private final CountEvents countEvents;

  /** Delegates to the operation. */
  @Inject
  public StatisticsResource(CountEvents countEvents) {
    this.countEvents = countEvents;
  }

  /** Every bucket of a window, also those without an event. */
  @GET
  public Response count(@Context UriInfo uri) {
    Asked asked = Asked.of(uri, Set.of(), "from", "to", "bucket");
    Optional<Instant> from = asked.text("from").map(Rfc3339::parse);
    Optional<Instant> to = asked.text("to").map(Rfc3339::parse);
    Optional<Bucket> bucket = Bucket.of(asked.text("bucket").orElse(Bucket.HOUR.wire()));
    if (from.isEmpty() || to.isEmpty() || bucket.isEmpty()) {
      return Problem.of(ErrorCode.TALOS_INVALID_INPUT).response();
    }
    return countEvents
        .count(from.get(), to.get(), bucket.get())
        .match(
            counts ->
                Response.ok(
                        json(counts, from.get(), to.get(), bucket.get()).toString(),
                        MediaType.APPLICATION_JSON)
                    .header("Cache-Control", "no-store")
                    .build(),
            code -> Problem.of(code).response());
  }

  static JsonObject json(List<Count> counts, Instant from, Instant to, Bucket bucket) {
    Map<Instant, SortedMap<String, SortedMap<String, Long>>> found = new TreeMap<>();
    for (Count count : counts) {
      found
          .computeIfAbsent(count.start(), start -> new TreeMap<>())
          .computeIfAbsent(count.by(), by -> new TreeMap<>())
          .put(count.value(), count.events());
    }
    JsonArrayBuilder buckets = Json.createArrayBuilder();
    long all = bucket.between(from, to);
    for (long n = 0; n < all; n++) {
      Instant start = bucket.after(from, n);
      buckets.add(json(start, found.getOrDefault(start, new TreeMap<>())));
    }
    return Json.createObjectBuilder()
        .add("from", WireTime.format(from))
        .add("to", WireTime.format(to))
        .add("bucket", bucket.wire())
        .add("buckets", buckets)
        .build();
  }

  private static JsonObjectBuilder json(
      Instant start, SortedMap<String, SortedMap<String, Long>> groups) {
    // Every event has one phase, so these are all of them.
    long events =
        groups.getOrDefault("phase", new TreeMap<>()).values().stream()
            .mapToLong(Long::longValue)
            .sum();
    JsonObjectBuilder json =
        Json.createObjectBuilder().add("start", WireTime.format(start)).add("events", events);
    for (String group : GROUPS) {
      JsonObjectBuilder values = Json.createObjectBuilder();
      groups.getOrDefault(group, new TreeMap<>()).forEach(values::add);
      json.add(group, values);
    }
    return json;
  }
}
