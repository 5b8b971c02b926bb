package io.talos.contracts.capability;

import io.talos.contracts.Check;
import java.util.List;

/**
 * A pattern over plain segments: {@code *} within a segment stands for any run of its characters,
 * the segment {@code **}, at most once, for one or more whole segments.
 *
 * <p>Matching never goes back: one {@code **} leaves a fixed head and a fixed tail, and within a
 * segment each piece between asterisks may as well be where it is found first.
 *
 * @param text the pattern, at most {@value Limits#GLOB_CHARACTERS_MAX} characters
 */
public record GlobPattern(String text) {
  private static final String MANY = "**";

  /** Refuses what is no pattern. */
  public GlobPattern {
    Check.that(!text.isEmpty(), "a pattern says something");
    Check.atMost(text.length(), Limits.GLOB_CHARACTERS_MAX, "the pattern's length");
    Check.that(PlainPath.isPattern(text), "a pattern is plain segments and asterisks");
    List<String> segments = PlainPath.segments(text);
    Check.that(
        segments.stream().filter(MANY::equals).count() <= 1, "at most one segment is any segments");
    Check.that(
        segments.stream().allMatch(s -> s.equals(MANY) || !s.contains(MANY)),
        "asterisks stand apart");
  }

  /** Whether {@code value} is plain and matches. */
  public boolean matches(String value) {
    return PlainPath.isSegments(value) && coversText(value);
  }

  /** Whether everything that {@code other} matches is matched by this pattern too. */
  public boolean covers(GlobPattern other) {
    // The other's asterisks are characters that only an asterisk here can stand for.
    return coversText(other.text);
  }

  /** Whether every absolute path that lies below {@code prefix}, and itself, is matched. */
  boolean coversAllBelow(String prefix) {
    return endsInMany() && matches(prefix);
  }

  /** Whether everything that is matched is a path at or below {@code prefix}. */
  boolean liesBelow(String prefix) {
    if (!text.startsWith("/")) {
      return false;
    }
    if (prefix.equals("/")) {
      return true;
    }
    List<String> mine = PlainPath.segments(text);
    List<String> fixed = PlainPath.segments(prefix);
    return mine.size() >= fixed.size() && mine.subList(0, fixed.size()).equals(fixed);
  }

  private boolean endsInMany() {
    return text.equals(MANY) || text.endsWith("/" + MANY);
  }

  private boolean coversText(String other) {
    if (text.startsWith("/") != other.startsWith("/")) {
      return false;
    }
    List<String> mine = PlainPath.segments(text);
    List<String> theirs = PlainPath.segments(other);
    int many = mine.indexOf(MANY);
    if (many < 0) {
      return mine.size() == theirs.size() && covers(mine, 0, theirs, 0, mine.size());
    }
    int tail = mine.size() - many - 1;
    return theirs.size() >= mine.size()
        && covers(mine, 0, theirs, 0, many)
        && covers(mine, many + 1, theirs, theirs.size() - tail, tail);
  }

  private static boolean covers(
      List<String> mine, int from, List<String> theirs, int theirFrom, int count) {
    for (int i = 0; i < count; i++) {
      if (!coversSegment(mine.get(from + i), theirs.get(theirFrom + i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean coversSegment(String pattern, String segment) {
    if (segment.equals(MANY)) {
      return false;
    }
    int star = pattern.indexOf('*');
    if (star < 0) {
      return pattern.equals(segment);
    }
    int last = pattern.lastIndexOf('*');
    String tail = pattern.substring(last + 1);
    int end = segment.length() - tail.length();
    if (end < star || !segment.startsWith(pattern.substring(0, star)) || !segment.endsWith(tail)) {
      return false;
    }
    return holdsPieces(pattern, star, last, segment, end);
  }

  /** Whether the pieces between the asterisks follow each other in {@code segment}. */
  private static boolean holdsPieces(String pattern, int first, int last, String segment, int end) {
    int at = first;
    int star = first;
    while (star < last) {
      int next = pattern.indexOf('*', star + 1);
      String piece = pattern.substring(star + 1, next);
      int found = segment.indexOf(piece, at);
      if (found < 0 || found + piece.length() > end) {
        return false;
      }
      at = found + piece.length();
      star = next;
    }
    return true;
  }
}
