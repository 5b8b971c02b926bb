package io.talos.audit;

import io.talos.audit.event.EventSearch;
import io.talos.audit.event.LogCursor;
import io.talos.audit.event.Logged;
import io.talos.audit.event.Stretch;
import io.talos.audit.tree.Limits;
import io.talos.audit.tree.LogGuard;
import io.talos.audit.tree.LogName;
import io.talos.audit.tree.LogRows;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.principal.Principal;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads events in the order in which they entered the log, each after the checkpoint that covers
 * it: from one cursor to the next nothing is left out, whatever is committed late.
 *
 * <p>One page comes to at most {@value Limits#FOLLOWED_MAX} entries, so a page may be empty though
 * more is there. What the reader itself does in order to follow is left out unless it is asked for:
 * every page would be the news of the next.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_INVALID_CURSOR} for a place that no log has, {@link
 * ErrorCode#AUDIT_SLOW_CONSUMER} for a reader that is to be up to date and is not, {@link
 * ErrorCode#AUDIT_LOG_HALTED}.
 */
@Dependent
public class FollowLog {
  /** The surface of those who follow. */
  static final String SURFACE = "audit.stream";

  private final EventSearch search;
  private final LogRows rows;
  private final LogGuard guard;

  @Inject
  FollowLog(EventSearch search, LogRows rows, LogGuard guard) {
    this.search = search;
    this.rows = rows;
    this.guard = guard;
  }

  /**
   * Some events.
   *
   * @param next where to go on
   * @param behind how many entries come after that
   */
  public record Page(List<Logged> events, LogCursor next, long behind) {
    /** Copies. */
    public Page {
      events = List.copyOf(events);
    }

    /** Whether there is nothing to tell, and nothing more to look through. */
    public boolean isIdle() {
      return events.isEmpty() && behind == 0;
    }
  }

  /** Where one begins who wants to hear of what comes: behind the newest checkpoint. */
  @Transactional
  public Reading<LogCursor> now() {
    if (guard.halted().isPresent()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_LOG_HALTED);
    }
    LogName log = rows.current().orElseThrow();
    return new Reading.Found<>(new LogCursor(log.id(), size(log)));
  }

  /**
   * Where the window of a filter begins; behind the newest checkpoint when nothing is in it yet.
   */
  @Transactional
  public Reading<LogCursor> begin(EventFilter filter) {
    if (filter.from().isEmpty()) {
      return now();
    }
    return now()
        .match(end -> new Reading.Found<>(first(filter, end)), code -> new Reading.Refused<>(code));
  }

  private LogCursor first(EventFilter filter, LogCursor end) {
    EventFilter window = EventFilter.of(Map.of("from", filter.parts().get("from")));
    Stretch whole = new Stretch(rows.byId(end.logId()).orElseThrow(), 0, end.logSeq());
    return search
        .reach(whole, window)
        .map(reach -> new LogCursor(end.logId(), reach.begin()))
        .orElse(end);
  }

  /**
   * The events after a cursor.
   *
   * @param behindMax a reader further behind than this many entries is too slow
   */
  @Transactional
  public Reading<Page> read(
      EventFilter filter, LogCursor from, long behindMax, int limit, Principal reader) {
    if (guard.halted().isPresent()) {
      return new Reading.Refused<>(ErrorCode.AUDIT_LOG_HALTED);
    }
    Optional<LogName> log = rows.byId(from.logId());
    long size = log.map(this::size).orElse(-1L);
    if (log.isEmpty() || from.logSeq() > size) {
      return new Reading.Refused<>(ErrorCode.TALOS_INVALID_CURSOR);
    }
    if (size - from.logSeq() > behindMax) {
      return new Reading.Refused<>(ErrorCode.AUDIT_SLOW_CONSUMER);
    }
    Stretch rest = new Stretch(log.get(), from.logSeq(), size);
    return new Reading.Found<>(
        rest.size() == 0 ? onward(log.get(), size) : page(filter, rest, limit, reader));
  }

  private Page page(EventFilter filter, Stretch rest, int limit, Principal reader) {
    Stretch near = rest.first(Limits.FOLLOWED_MAX);
    Optional<String> notOn = filter.surface().isPresent() ? Optional.empty() : Optional.of(SURFACE);
    List<Logged> found =
        ReadEvents.readable(filter, reader)
            .map(own -> search.logged(near, own, notOn, limit))
            .orElse(List.of());
    long next = found.size() < limit ? near.end() : found.get(limit - 1).logSeq() + 1;
    return new Page(found, new LogCursor(rest.log().id(), next), rest.end() - next);
  }

  /** At the end of a log that another one followed, the first entry of that one comes next. */
  private Page onward(LogName log, long size) {
    long current = rows.current().orElseThrow().id();
    for (long id = log.id() + 1; id <= current; id++) {
      Optional<LogName> next = rows.byId(id);
      if (next.isPresent()) {
        return new Page(List.of(), new LogCursor(id, 0), Math.max(1, size(next.get())));
      }
    }
    return new Page(List.of(), new LogCursor(log.id(), size), 0);
  }

  private long size(LogName log) {
    return rows.published(log).map(published -> published.checkpoint().size()).orElse(0L);
  }
}
