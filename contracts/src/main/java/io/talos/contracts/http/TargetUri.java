package io.talos.contracts.http;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request's target URI in its parts, none of them decoded or normalised except as RFC 9421 says.
 *
 * <p>Source: RFC 3986 §3, appendix B; RFC 9421 §2.2.2 to §2.2.7.
 */
record TargetUri(String text, String scheme, String authority, String path, String query) {
  private static final Pattern FORM =
      Pattern.compile("(https?)://([^/?#@]+)(/[^?#]*)?(\\?[^#]*)?", Pattern.CASE_INSENSITIVE);

  /**
   * Reads an absolute URI of HTTP.
   *
   * @throws TalosException {@link ErrorCode#AUTH_INVALID} when it has a fragment, user information
   *     or a character that is not printable ASCII, or is too long
   */
  static TargetUri parse(String text) {
    boolean printable = text.chars().allMatch(c -> c > 0x20 && c < 0x7F);
    if (text.length() > Limits.TARGET_URI_CHARACTERS_MAX || !printable) {
      throw new TalosException(ErrorCode.AUTH_INVALID, "the target URI cannot be signed");
    }
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new TalosException(ErrorCode.AUTH_INVALID, "the target is no absolute URI of HTTP");
    }
    String scheme = parts.group(1).toLowerCase(Locale.ROOT);
    String path = parts.group(3) == null ? "/" : parts.group(3);
    String query = parts.group(4) == null ? "" : parts.group(4);
    return new TargetUri(text, scheme, authority(scheme, parts.group(2)), path, query);
  }

  private static String authority(String scheme, String raw) {
    String lower = raw.toLowerCase(Locale.ROOT);
    String defaultPort = scheme.equals("https") ? ":443" : ":80";
    return lower.endsWith(defaultPort)
        ? lower.substring(0, lower.length() - defaultPort.length())
        : lower;
  }

  /** Path and query as the request line of HTTP/1.1 carries them. */
  String requestTarget() {
    return path + query;
  }
}
