package io.talos.policy.rights;

import io.talos.contracts.Check;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A permission {@code area:thing:verb}, or a pattern of permissions in which {@code *} stands for
 * one whole segment. Segments are compared whole: {@code a2a:*:*} says nothing about {@code a2ab}.
 *
 * @param segments exactly three
 */
public record Permission(List<String> segments) {
  private static final Pattern SEGMENT = Pattern.compile("\\*|[a-z0-9_]{1,64}");
  private static final int SEGMENTS = 3;

  /** Refuses what is no permission. */
  public Permission {
    Check.that(segments.size() == SEGMENTS, "a permission has three segments");
    Check.that(
        segments.stream().allMatch(s -> SEGMENT.matcher(s).matches()),
        "a segment is * or a lower-case word");
    segments = List.copyOf(segments);
  }

  /** Reads {@code area:thing:verb}. */
  public static Permission parse(String text) {
    return new Permission(List.of(text.split(":", -1)));
  }

  /** Whether this pattern covers {@code asked}, in which a {@code *} is only a word. */
  public boolean covers(Permission asked) {
    for (int i = 0; i < SEGMENTS; i++) {
      if (!segments.get(i).equals("*") && !segments.get(i).equals(asked.segments.get(i))) {
        return false;
      }
    }
    return true;
  }
}
