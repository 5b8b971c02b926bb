package io.talos.audit.rest;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an {@code Accept-Encoding} header lets an answer be.
 *
 * <p>Source: RFC 9110 §12.5.3, §8.4.1.3; a header that is not there, or that cannot be read, lets
 * it be as it is.
 *
 * @param gzip whether the answer may be in gzip
 */
record AcceptedEncoding(boolean gzip) {
  /** Reads the header. */
  static AcceptedEncoding of(@Nullable String header) {
    if (header == null) {
      return new AcceptedEncoding(false);
    }
    Boolean named = null;
    boolean others = false;
    for (String item : header.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = item.split(";", -1);
      String coding = parts[0].trim();
      boolean wanted = parts.length == 1 || isPositive(parts[1].trim());
      if (coding.equals("gzip") || coding.equals("x-gzip")) {
        named = wanted;
      } else if (coding.equals("*")) {
        others = wanted;
      }
    }
    return new AcceptedEncoding(named == null ? others : named);
  }

  private static boolean isPositive(String weight) {
    return weight.matches("q=(1(\\.0{0,3})?|0\\.[0-9]{1,3})") && !weight.matches("q=0\\.0*");
  }
}
