package io.talos.a2a.groups;

import io.talos.contracts.Check;
import java.util.List;
import java.util.Optional;

/**
 * A time in which an agent was in a group: the entries that it may read.
 *
 * @param from the first; the one that made it a member
 * @param until the last, the one that removed it; empty while it is a member
 */
public record Stay(long from, Optional<Long> until) {
  /** A stay that ended did so after it began. */
  public Stay {
    Check.that(from > 0, "a stay begins somewhere");
    Check.that(until.isEmpty() || until.get() >= from, "a stay ends after it began");
  }

  /** Whether the entry at {@code position} belongs to it. */
  public boolean covers(long position) {
    return position >= from && (until.isEmpty() || position <= until.get());
  }

  /** The first entry after {@code position} that one of {@code stays}, in order, covers. */
  public static Optional<Long> firstAfter(List<Stay> stays, long position) {
    return stays.stream()
        .filter(stay -> stay.until().isEmpty() || stay.until().get() > position)
        .findFirst()
        .map(stay -> Math.max(stay.from(), position + 1));
  }
}
