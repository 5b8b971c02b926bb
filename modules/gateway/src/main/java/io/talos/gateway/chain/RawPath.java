package io.talos.gateway.chain;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Refuses paths that two readers could take for different ones, so that the surface which was
 * checked is the resource which answers.
 */
final class RawPath {
  private static final Pattern PLAIN = Pattern.compile("/|(/[A-Za-z0-9._~!$&'()*+,=:@%-]+)+");
  private static final Pattern ENCODED_TRICK =
      Pattern.compile("%(?![0-9a-f]{2})|%(00|25|2e|2f|5c|3b)");

  private RawPath() {}

  /** Whether the path has no empty, dot or parameter segment and no encoded separator. */
  static boolean isPlain(String rawPath) {
    if (!PLAIN.matcher(rawPath).matches()
        || ENCODED_TRICK.matcher(rawPath.toLowerCase(Locale.ROOT)).find()) {
      return false;
    }
    for (String segment : rawPath.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        return false;
      }
    }
    return true;
  }
}
