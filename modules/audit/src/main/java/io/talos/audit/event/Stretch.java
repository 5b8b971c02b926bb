package io.talos.audit.event;

import io.talos.audit.tree.LogName;
import io.talos.contracts.Check;

/**
 * Neighbouring entries of one log.
 *
 * @param begin the first one's index
 * @param end the index behind the last one
 */
public record Stretch(LogName log, long begin, long end) {
  /** Checks the bounds. */
  public Stretch {
    Check.that(0 <= begin && begin <= end, "a stretch does not end before it begins");
  }

  /** How many entries. */
  public long size() {
    return end - begin;
  }

  /** Its first entries, at most this many. */
  public Stretch first(long most) {
    return new Stretch(log, begin, Math.min(end, begin + most));
  }
}
