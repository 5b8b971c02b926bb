package io.talos.client;

import io.talos.contracts.Check;
import io.talos.contracts.channel.SequenceWindow;
import io.talos.contracts.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which of the peer's frames arrived already, exactly, however often and in whatever order the
 * server delivers them. What lies further below than {@link
 * io.talos.contracts.channel.Limits#SEQUENCE_WINDOW} counts as seen.
 *
 * @param highest the highest number that arrived
 * @param missing the numbers below it that did not, in rising order
 */
record SeenNumbers(long highest, List<Long> missing) {
  SeenNumbers {
    Check.that(highest >= SequenceWindow.NOTHING_SEEN, "a number is not negative");
    Check.atMost(
        missing.size(), io.talos.contracts.channel.Limits.SEQUENCE_WINDOW, "the missing numbers");
    missing = List.copyOf(missing);
  }

  static SeenNumbers none() {
    return new SeenNumbers(SequenceWindow.NOTHING_SEEN, List.of());
  }

  boolean contains(long number) {
    return number <= highest && !missing.contains(number);
  }

  /** Why {@code number} cannot be next, although it is new. */
  Optional<ErrorCode> refuses(long number) {
    return SequenceWindow.refuses(highest, number);
  }

  /** With {@code number}, which is new and not refused. */
  SeenNumbers with(long number) {
    Check.that(!contains(number) && refuses(number).isEmpty(), "the number is new");
    List<Long> left = new ArrayList<>(missing);
    if (number < highest) {
      left.remove(number);
      return new SeenNumbers(highest, left);
    }
    for (long passed = highest + 1; passed < number; passed++) {
      left.add(passed);
    }
    left.removeIf(old -> old < number - io.talos.contracts.channel.Limits.SEQUENCE_WINDOW);
    return new SeenNumbers(number, left);
  }
}
