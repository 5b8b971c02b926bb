package io.talos.contracts.capability;

import java.util.List;

/**
 * Texts with segments that every tool understands in the same way.
 *
 * <p>Only printable ASCII: Unicode has other solidi and full stops, letters that some systems fold
 * or compose, and signs that turn the direction of writing. Not in it are what some tools decode
 * ({@code %}), take for a separator ({@code \}), cut off ({@code ;}), expand ({@code *}, {@code ?})
 * or hand to a shell, nor segments that are empty, {@code .} or {@code ..}, nor such that end in a
 * full stop or a space, which Windows drops. Symbolic links are the tool's to mind.
 */
final class PlainPath {
  private static final String FOREIGN = "\"%*;<>?\\`|";

  private PlainPath() {}

  /** Whether {@code text} is {@code /} or an absolute path of plain segments. */
  static boolean isAbsolute(String text) {
    return text.equals("/") || (text.startsWith("/") && areSegments(text, 1, false));
  }

  /** Whether {@code text} is plain segments, with or without a solidus before the first. */
  static boolean isSegments(String text) {
    return areSegments(text, text.startsWith("/") ? 1 : 0, false);
  }

  /** The same as {@link #isSegments}, but that asterisks may stand in the segments. */
  static boolean isPattern(String text) {
    return areSegments(text, text.startsWith("/") ? 1 : 0, true);
  }

  /** Whether the plain {@code path} is {@code prefix} or lies below it by whole segments. */
  static boolean lies(String path, String prefix) {
    return prefix.equals("/")
        || (path.startsWith(prefix)
            && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/'));
  }

  /** The segments of a text that {@link #isSegments} or {@link #isPattern}. */
  static List<String> segments(String text) {
    return List.of((text.startsWith("/") ? text.substring(1) : text).split("/", -1));
  }

  private static boolean areSegments(String text, int from, boolean asterisks) {
    if (text.length() > Limits.PATH_CHARACTERS_MAX) {
      return false;
    }
    int start = from;
    for (int i = from; i <= text.length(); i++) {
      if (i == text.length() || text.charAt(i) == '/') {
        if (!isSegment(text, start, i)) {
          return false;
        }
        start = i + 1;
      } else if (!isPlain(text.charAt(i)) && !(asterisks && text.charAt(i) == '*')) {
        return false;
      }
    }
    return true;
  }

  /**
   * Not empty, and neither a full stop nor a space at its end; so neither {@code .} nor {@code ..}.
   */
  private static boolean isSegment(String text, int start, int end) {
    return end > start && text.charAt(end - 1) != '.' && text.charAt(end - 1) != ' ';
  }

  private static boolean isPlain(char c) {
    return c >= ' ' && c <= '~' && FOREIGN.indexOf(c) < 0;
  }
}
