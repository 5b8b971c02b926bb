package io.talos.identity.directory;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The domain of an organisation, lower case.
 *
 * <p>Source: RFC 1123 §2.1 (letters, digits and hyphens in each label).
 */
public record Domain(String text) {
  private static final int CHARACTERS_MIN = 3;
  private static final Pattern FORM =
      Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*");

  /** The one name without a dot; a top-level domain would vouch for everybody below it. */
  private static final String LOCALHOST = "localhost";

  /** Numbers are addresses, not domains. */
  private static final Pattern NUMBER = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");

  /**
   * Checks.
   *
   * @throws TalosException {@link ErrorCode#TALOS_INVALID_INPUT} when {@code text} is no domain
   */
  public Domain {
    if (text.length() < CHARACTERS_MIN
        || text.length() > Limits.DOMAIN_CHARACTERS_MAX
        || !FORM.matcher(text).matches()
        || NUMBER.matcher(text).matches()
        || (text.indexOf('.') < 0 && !text.equals(LOCALHOST))) {
      throw new TalosException(ErrorCode.TALOS_INVALID_INPUT, "not a domain");
    }
  }

  /** The names of which one must be a known domain, for {@code host} to be vouched for. */
  public static List<String> above(String host) {
    List<String> names = new ArrayList<>();
    String rest = host;
    while (names.size() < Limits.DOMAIN_LABELS_MAX) {
      names.add(rest);
      int dot = rest.indexOf('.');
      if (dot < 0) {
        break;
      }
      rest = rest.substring(dot + 1);
    }
    return List.copyOf(names);
  }
}
