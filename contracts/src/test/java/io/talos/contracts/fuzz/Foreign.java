package io.talos.contracts.fuzz;

import io.talos.contracts.error.TalosException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a parser may do with bytes from outside: read them, or refuse with a code. Anything else
 * flies out of the fuzz test and is a finding.
 */
public final class Foreign {
  private Foreign() {}

  /** What {@code reading} gives; nothing when it refused as it should. */
  public static <T> Optional<T> read(Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (TalosException refused) {
      if (refused.code().httpStatus() == 500) {
        throw new AssertionError("a stranger's bytes are never our fault", refused);
      }
      return Optional.empty();
    }
  }

  /**
   * The lines of {@code text}, filled up to {@code count} with empty ones, the last taking the
   * rest.
   */
  public static List<String> lines(String text, int count) {
    String[] lines = text.split("\n", count);
    return java.util.stream.IntStream.range(0, count)
        .mapToObj(i -> i < lines.length ? lines[i] : "")
        .toList();
  }
}
