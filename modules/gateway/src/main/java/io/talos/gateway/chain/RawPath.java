package io.talos.gateway.chain;

import io.talos.contracts.registry.SurfaceRegistry;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Refuses paths that two readers could take for different ones, so that the surface which was
 * checked is the resource which answers.
 */
final class RawPath {
  private static final String UNENCODED = "._~!$&'()*+,=:@-";
  private static final String NEVER_ENCODED = "%/\\;";
  private static final String ENCODED_COLON = "%253A";

  private RawPath() {}

  /**
   * Whether the path is short, has no empty, dot or parameter segment, and encodes no separator, no
   * control character and nothing that needs no encoding, and no bytes that are not UTF-8.
   *
   * <p>A percent sign may be encoded only where it encodes a colon, as in the port of a did:web: a
   * reader that decodes once too often then reads a colon, which separates nothing.
   */
  static boolean isPlain(String rawPath) {
    if (rawPath.length() > SurfaceRegistry.PATH_CHARACTERS_MAX || !rawPath.startsWith("/")) {
      return false;
    }
    if (rawPath.equals("/")) {
      return true;
    }
    for (String segment : rawPath.substring(1).split("/", -1)) {
      if (!isPlainSegment(segment)) {
        return false;
      }
    }
    return isText(rawPath);
  }

  /**
   * A decoder that replaces what it cannot read makes one text of many paths; a control character
   * makes two lines of one, for whoever reads them later.
   */
  private static boolean isText(String rawPath) {
    return rawPath.indexOf('%') < 0
        || URLDecoder.decode(rawPath.replace("+", "%2B"), StandardCharsets.UTF_8)
            .chars()
            .noneMatch(c -> c == '\uFFFD' || Character.isISOControl(c) || isLineEnd(c));
  }

  /** U+2028 and U+2029 end a line, though they are no control characters. */
  private static boolean isLineEnd(int c) {
    return c == 0x2028 || c == 0x2029;
  }

  private static boolean isPlainSegment(String segment) {
    if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
      return false;
    }
    int at = 0;
    while (at < segment.length()) {
      char c = segment.charAt(at);
      if (segment.startsWith(ENCODED_COLON, at)) {
        at += ENCODED_COLON.length();
      } else if (c == '%') {
        if (!isNeededEncoding(segment, at)) {
          return false;
        }
        at += 3;
      } else if (isUnencoded(c)) {
        at++;
      } else {
        return false;
      }
    }
    return true;
  }

  private static boolean isNeededEncoding(String segment, int percent) {
    if (percent + 2 >= segment.length()) {
      return false;
    }
    char high = segment.charAt(percent + 1);
    char low = segment.charAt(percent + 2);
    if (!HexFormat.isHexDigit(high) || !HexFormat.isHexDigit(low)) {
      return false;
    }
    char encoded = (char) (HexFormat.fromHexDigit(high) * 16 + HexFormat.fromHexDigit(low));
    return !isUnencoded(encoded) && NEVER_ENCODED.indexOf(encoded) < 0;
  }

  private static boolean isUnencoded(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || UNENCODED.indexOf(c) >= 0;
  }
}
