package io.talos.a2a.groups;

import io.talos.contracts.Check;
import java.time.Duration;

/**
 * What is kept of a group's entries for members that have not read them.
 *
 * @param age how long an entry is kept
 * @param bytesMax how much of one group is kept
 */
public record Retention(Duration age, long bytesMax) {
  /** Something is kept for a while. */
  public Retention {
    Check.that(!age.isNegative() && !age.isZero(), "entries are kept for a while");
    Check.that(bytesMax > 0, "something is kept");
  }
}
