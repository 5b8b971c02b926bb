package io.talos.identity.authentication;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the token of an {@code Authorization: Bearer} header.
 *
 * <p>Source: RFC 9110 §11.2 (token68), RFC 6750 §2.1.
 */
final class BearerHeader {
  private static final Pattern FORM = Pattern.compile("(?i:Bearer) +([A-Za-z0-9._~+/-]+=*)");

  private BearerHeader() {}

  /** The token; empty when the header is of another scheme or form, or too long. */
  static Optional<String> token(String header) {
    if (header.length() > Limits.AUTHORIZATION_CHARACTERS_MAX) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(header);
    return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
  }
}
