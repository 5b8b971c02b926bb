package io.talos.contracts.interop;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The scope texts of 1.x: {@code tool:<name>[/method:<name>][/resource:<pattern>]}, compared by
 * whole segments. No character is a wildcard, and a resource cannot climb.
 */
public final class V1Scope {
  private static final Pattern FORM =
      Pattern.compile("tool:[^/:]+(/method:[^/:]+)?(/resource:[^/]+(/[^/]+)*)?");

  private V1Scope() {}

  /** Whether {@code granted} allows all of {@code requested}; false when either is no scope. */
  public static boolean covers(String granted, String requested) {
    if (!isScope(granted) || !isScope(requested)) {
      return false;
    }
    List<String> have = segments(granted);
    List<String> want = segments(requested);
    return have.size() <= want.size() && want.subList(0, have.size()).equals(have);
  }

  private static boolean isScope(String text) {
    return text.length() <= Limits.TEXT_CHARACTERS_MAX
        && FORM.matcher(text).matches()
        && segments(text).stream().noneMatch(s -> s.equals("..") || s.endsWith(":.."));
  }

  private static List<String> segments(String scope) {
    return Arrays.asList(scope.split("/", -1));
  }
}
