package io.talos.audit.rest;

import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whole numbers in paths and queries. */
final class Numbers {
  private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,15}");
  private static final Pattern LIMIT = Pattern.compile("[1-9][0-9]{0,2}");

  private Numbers() {}

  static boolean isWhole(String text) {
    return WHOLE.matcher(text).matches();
  }

  static boolean isPage(@Nullable String before, String limit, int most) {
    return (before == null || isWhole(before))
        && LIMIT.matcher(limit).matches()
        && Integer.parseInt(limit) <= most;
  }

  static OptionalLong optional(@Nullable String whole) {
    return whole == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(whole));
  }
}
