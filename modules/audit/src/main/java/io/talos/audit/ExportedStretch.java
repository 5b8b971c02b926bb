package io.talos.audit;

import io.talos.audit.event.EventSearch;
import io.talos.audit.event.Stretch;
import io.talos.audit.tree.LogName;
import io.talos.contracts.audit.EventFilter;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the neighbouring entries of a log that an export shows: from the first to the last of what
 * was asked for, and of a window one more on either side that lies outside of it. Of a window that
 * nothing lies in, those are all: the entries before and after it are neighbours.
 *
 * <p>Belongs to the caller's transaction.
 */
@Dependent
public class ExportedStretch {
  private final EventSearch search;

  @Inject
  ExportedStretch(EventSearch search) {
    this.search = search;
  }

  /** Of a log with so many entries; without any when the log has none to show. */
  Stretch of(LogName log, long size, EventFilter filter) {
    Stretch whole = new Stretch(log, 0, size);
    if (size == 0) {
      return whole;
    }
    if (filter.from().isEmpty() && filter.to().isEmpty()) {
      return search.reach(whole, filter).orElse(new Stretch(log, 0, 0));
    }
    return search
        .reach(whole, window(filter))
        .map(inner -> widened(whole, inner, filter))
        .orElseGet(() -> around(whole, filter.from()));
  }

  private static EventFilter window(EventFilter filter) {
    Map<String, String> parts = filter.parts();
    parts.keySet().retainAll(Set.of("from", "to"));
    return EventFilter.of(parts);
  }

  private Stretch widened(Stretch whole, Stretch inner, EventFilter filter) {
    Stretch before = new Stretch(whole.log(), 0, inner.begin());
    Stretch after = new Stretch(whole.log(), inner.end(), whole.end());
    long begin = filter.from().flatMap(from -> search.lastBefore(before, from)).orElse(0L);
    long end =
        filter
            .to()
            .flatMap(to -> search.firstFrom(after, to))
            .map(at -> at + 1)
            .orElse(whole.end());
    return new Stretch(whole.log(), begin, end);
  }

  /** The neighbours between which nothing lies: the last one before the window, and the next. */
  private Stretch around(Stretch whole, Optional<Instant> from) {
    Optional<Long> near = from.flatMap(time -> search.latestBefore(whole, time));
    if (near.isEmpty()) {
      return whole.first(1);
    }
    Stretch rest = new Stretch(whole.log(), near.get(), whole.end());
    long after = search.firstFrom(rest, from.orElseThrow()).orElse(whole.end());
    return new Stretch(whole.log(), after - 1, Math.min(after + 1, whole.end()));
  }
}
