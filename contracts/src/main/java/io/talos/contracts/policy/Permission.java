package io.talos.contracts.policy;

import io.talos.contracts.Check;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A permission {@code area:thing:verb}, or a pattern of permissions in which {@code *} stands for
 * one whole segment. Segments are compared whole: {@code a2a:*:*} says nothing about {@code a2ab}.
 *
 * <p>Talos 1.x has permissions of two segments too. Only as many segments as a pattern has can be
 * covered by it, so {@code *:*} permits nothing that Talos itself asks for.
 *
 * @param segments two or three
 */
public record Permission(List<String> segments) {
  private static final Pattern SEGMENT = Pattern.compile("\\*|[a-z0-9_]{1,64}");
  private static final String ANY = "*";
  private static final int SEGMENTS_MIN = 2;
  private static final int SEGMENTS_MAX = 3;

  /** Refuses what is no permission. */
  public Permission {
    Check.that(
        segments.size() >= SEGMENTS_MIN && segments.size() <= SEGMENTS_MAX,
        "a permission has two or three segments");
    Check.that(
        segments.stream().allMatch(s -> SEGMENT.matcher(s).matches()),
        "a segment is * or a lower-case word");
    segments = List.copyOf(segments);
  }

  /** Reads {@code area:thing:verb}. */
  public static Permission parse(String text) {
    return new Permission(List.of(text.split(":", -1)));
  }

  /** Whether {@code text} has the three segments that Talos asks for. */
  public static boolean isOfTalos(String text) {
    String[] segments = text.split(":", -1);
    return segments.length == SEGMENTS_MAX
        && List.of(segments).stream().allMatch(s -> SEGMENT.matcher(s).matches());
  }

  /** Whether some segment stands for any word. */
  public boolean isPattern() {
    return segments.contains(ANY);
  }

  /** Whether this pattern covers {@code asked}, in which a {@code *} is only a word. */
  public boolean covers(Permission asked) {
    int count = segments.size();
    if (count != asked.segments.size()) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      String segment = segments.get(i);
      if (!segment.equals(ANY) && !segment.equals(asked.segments.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The text form. */
  public String text() {
    return String.join(":", segments);
  }
}
