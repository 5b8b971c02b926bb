package io.talos.contracts.log;

import io.talos.contracts.Check;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The origins of an installation's logs. The first has a name that an operator chose; a log that
 * follows a stopped one is named after the first and the moment at which it was opened, so that a
 * database that was set back twice never gives two logs one name.
 *
 * <p>Where the first log's origin is its URL prefix, so is that of each that follows: {@code
 * host/audit/log} is followed by {@code host/audit/logs/<name>}.
 *
 * <p>Source: C2SP tlog-tiles, "Parameters".
 */
public final class LogOrigin {
  private static final String PREFIX_OF_FIRST = "/audit/log";
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssSSS'Z'").withZone(ZoneOffset.UTC);
  private static final Pattern FOLLOWING =
      Pattern.compile("(?<before>.{1,230})/(?<name>[0-9]{8}T[0-9]{9}Z)");

  private LogOrigin() {}

  /** The origin of a log that is opened {@code now}, after {@code first} was stopped. */
  public static String following(String first, Instant now) {
    String origin = named(first, NAME.format(now));
    Check.atMost(origin.length(), Limits.KEY_NAME_CHARACTERS_MAX, "the length of an origin");
    return origin;
  }

  /** The origin of the log with this name that followed after {@code first}. */
  public static String named(String first, String name) {
    return prefix(first) + name;
  }

  /** The name of a log that followed a stopped one; empty for a first log. */
  public static Optional<String> name(String origin) {
    Matcher matcher = FOLLOWING.matcher(origin);
    return matcher.matches() ? Optional.of(matcher.group("name")) : Optional.empty();
  }

  /** Where the log's files are, below the base URL of the server that serves it. */
  public static String path(String origin) {
    return name(origin).map(name -> PREFIX_OF_FIRST + "s/" + name).orElse(PREFIX_OF_FIRST);
  }

  /** Whether {@code origin} is {@code first}, or of a log that could have followed it. */
  public static boolean isOf(String first, String origin) {
    return origin.equals(first)
        || name(origin).filter(name -> origin.equals(named(first, name))).isPresent();
  }

  private static String prefix(String first) {
    return first + (first.endsWith(PREFIX_OF_FIRST) ? "s/" : "/");
  }
}
