package io.talos.audit.event;

import io.talos.audit.tree.Entry;
import io.talos.audit.tree.MemoryLogRows;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.time.WireTime;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Looks for events in memory. */
public final class MemoryEventSearch implements EventSearch {
  private final MemoryEventRows events;
  private final MemoryLogRows rows;

  public MemoryEventSearch(MemoryEventRows events, MemoryLogRows rows) {
    this.events = events;
    this.rows = rows;
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

  private Stream<Logged> in(Stretch stretch) {
    return rows.leaves.stream()
        .filter(e -> e.logId() == stretch.log().id())
        .filter(e -> e.logSeq() >= stretch.begin() && e.logSeq() < stretch.end())
        .sorted(Comparator.comparingLong(Entry::logSeq))
        .map(e -> new Logged(e.logSeq(), events.find(e.eventId()).orElseThrow()));
  }

  @Override
  public List<Logged> logged(
      Stretch stretch, EventFilter filter, Optional<String> notOn, int most) {
    return in(stretch)
        .filter(l -> filter.accepts(l.event()))
        .filter(l -> notOn.map(s -> !s.equals(l.event().getString("surface_id", ""))).orElse(true))
        .limit(most)
        .toList();
  }

  @Override
  public Optional<Stretch> reach(Stretch stretch, EventFilter filter) {
    List<Long> found =
        in(stretch).filter(l -> filter.accepts(l.event())).map(Logged::logSeq).toList();
    return found.isEmpty()
        ? Optional.empty()
        : Optional.of(new Stretch(stretch.log(), found.get(0), found.get(found.size() - 1) + 1));
  }

  @Override
  public Optional<Long> lastBefore(Stretch stretch, Instant time) {
    return in(stretch)
        .filter(l -> WireTime.parse(l.event().getString("ts")).isBefore(time))
        .map(Logged::logSeq)
        .reduce((first, last) -> last);
  }

  @Override
  public Optional<Long> latestBefore(Stretch stretch, Instant time) {
    return in(stretch)
        .filter(l -> WireTime.parse(l.event().getString("ts")).isBefore(time))
        .max(Comparator.comparing(l -> EventPosition.of(l.event())))
        .map(Logged::logSeq);
  }

  @Override
  public Optional<Long> firstFrom(Stretch stretch, Instant time) {
    return in(stretch)
        .filter(l -> !WireTime.parse(l.event().getString("ts")).isBefore(time))
        .map(Logged::logSeq)
        .findFirst();
  }

  @Override
  public List<Exported> exported(Stretch stretch, EventFilter filter) {
    List<Exported> exported = new ArrayList<>();
    in(stretch)
        .forEach(
            l -> {
              Entry entry =
                  rows.leaves.stream()
                      .filter(e -> e.logId() == stretch.log().id() && e.logSeq() == l.logSeq())
                      .findFirst()
                      .orElseThrow();
              Optional<JsonObject> shown = Optional.of(l.event()).filter(filter::accepts);
              exported.add(
                  new Exported(
                      l.logSeq(),
                      entry.leaf(),
                      shown,
                      shown.flatMap(e -> events.signatureBase(entry.eventId()))));
            });
    return exported;
  }

  @Override
  public List<Count> counts(Instant from, Instant to, Bucket bucket) {
    Map<Count, Long> counted = new HashMap<>();
    for (JsonObject event : events.all()) {
      Instant ts = WireTime.parse(event.getString("ts"));
      if (!ts.isBefore(from) && ts.isBefore(to)) {
        Instant start = ts.truncatedTo(ChronoUnit.valueOf(bucket.name() + "S"));
        for (String by : List.of("phase", "result", "kind", "code", "surface")) {
          String value = event.getString(by.equals("surface") ? "surface_id" : by, "");
          if (!value.isEmpty()) {
            counted.merge(new Count(start, by, value, 0), 1L, Long::sum);
          }
        }
      }
    }
    List<Count> counts = new ArrayList<>();
    counted.forEach((c, n) -> counts.add(new Count(c.start(), c.by(), c.value(), n)));
    return counts;
  }
}
