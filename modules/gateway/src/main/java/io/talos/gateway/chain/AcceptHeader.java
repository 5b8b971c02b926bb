package io.talos.gateway.chain;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Whether an {@code Accept} header can be read. The container fails over a weight that is none
 * after the request was admitted, and would call that a fault of the server.
 *
 * <p>Source: RFC 9110 §12.4.2.
 */
final class AcceptHeader {
  private static final Pattern WEIGHT = Pattern.compile("(0?\\.[0-9]{1,3}|0\\.?)|1(\\.0{0,3})?");

  private AcceptHeader() {}

  /** Whether every weight in {@code lines} is a number of 0 to 1. */
  static boolean isReadable(List<String> lines) {
    for (String line : lines) {
      for (String part : line.split("[;,]")) {
        String parameter = part.trim().toLowerCase(Locale.ROOT);
        int equals = parameter.indexOf('=');
        if (equals > 0
            && parameter.substring(0, equals).trim().equals("q")
            && !WEIGHT.matcher(parameter.substring(equals + 1).trim()).matches()) {
          return false;
        }
      }
    }
    return true;
  }
}
