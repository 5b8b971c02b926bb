package io.talos.contracts.http;

import io.talos.contracts.Check;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The header fields that signed requests use, and the one value of a field with several lines. */
public final class Headers {
  /** Which components are covered, and the signature's parameters. */
  public static final String SIGNATURE_INPUT = "signature-input";

  /** The signature. */
  public static final String SIGNATURE = "signature";

  /** The digest of the body. */
  public static final String CONTENT_DIGEST = "content-digest";

  /** The capability that the caller shows. */
  public static final String CAPABILITY = "talos-capability";

  private Headers() {}

  /**
   * The lines of one field as one value: each without white space around it, joined by a comma and
   * a space.
   *
   * <p>A line with a control character, a folded line or one that is not ASCII is refused, because
   * another reader could see something else in it.
   *
   * <p>Source: RFC 9421 §2.1.
   *
   * @return empty when there is no line
   * @throws TalosException {@link ErrorCode#AUTH_INVALID} for lines that cannot be signed
   */
  static Optional<String> combine(List<String> lines, int charactersMax) {
    Check.that(charactersMax > 0, "a bound is positive");
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    if (lines.size() > Limits.LINES_MAX) {
      throw new TalosException(ErrorCode.AUTH_INVALID, "a header has too many lines");
    }
    String value = lines.stream().map(Headers::stripped).collect(Collectors.joining(", "));
    if (value.length() > charactersMax) {
      throw new TalosException(ErrorCode.AUTH_INVALID, "a header is too long");
    }
    return Optional.of(value);
  }

  private static String stripped(String line) {
    int from = 0;
    int to = line.length();
    while (from < to && isBlank(line.charAt(from))) {
      from++;
    }
    while (to > from && isBlank(line.charAt(to - 1))) {
      to--;
    }
    for (int i = from; i < to; i++) {
      if (line.charAt(i) < 0x20 || line.charAt(i) > 0x7E) {
        throw new TalosException(ErrorCode.AUTH_INVALID, "a header has a foreign character");
      }
    }
    return line.substring(from, to);
  }

  /** Optional white space of HTTP: space and tab, nothing else. */
  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }
}
