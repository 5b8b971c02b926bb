package io.talos.audit;

import io.talos.audit.event.Bucket;
import io.talos.audit.event.Count;
import io.talos.audit.event.EventSearch;
import io.talos.audit.tree.Limits;
import io.talos.contracts.error.ErrorCode;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;

/**
 * Counts the events of a window, by what they say; for operators. Counted are the events
 * themselves, at most {@value Limits#BUCKETS_MAX} buckets of them at once.
 *
 * <p>Refuses with: {@link ErrorCode#TALOS_INVALID_INPUT} when the window is empty, too long, or
 * does not begin and end where buckets do.
 */
@Dependent
public class CountEvents {
  private final EventSearch search;

  @Inject
  CountEvents(EventSearch search) {
    this.search = search;
  }

  /**
   * Every bucket's counts.
   *
   * @param from in, where a bucket begins
   * @param to out, where one begins
   */
  @Transactional
  public Reading<List<Count>> count(Instant from, Instant to, Bucket bucket) {
    boolean usable =
        from.isBefore(to)
            && bucket.beginsAt(from)
            && bucket.beginsAt(to)
            && bucket.between(from, to) <= Limits.BUCKETS_MAX;
    return usable
        ? new Reading.Found<>(search.counts(from, to, bucket))
        : new Reading.Refused<>(ErrorCode.TALOS_INVALID_INPUT);
  }
}
