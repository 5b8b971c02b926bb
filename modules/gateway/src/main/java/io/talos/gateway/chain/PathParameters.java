package io.talos.gateway.chain;

import io.talos.contracts.Check;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** What stands at the named places of a surface's path template. */
final class PathParameters {
  private PathParameters() {}

  /**
   * The values by name, percent-decoded, in the order of names.
   *
   * @param template such as {@code /identity/agents/{did}}; a last {@code {tile+}} takes the rest
   * @param rawPath a plain path ({@link RawPath}) that the template matches
   */
  static Map<String, String> of(String template, String rawPath) {
    String[] names = template.split("/", -1);
    String[] values = rawPath.split("/", names.length);
    Check.that(names.length == values.length, "the path has the template's segments");
    Map<String, String> parameters = new TreeMap<>();
    for (int i = 0; i < names.length; i++) {
      String name = names[i];
      if (name.startsWith("{")) {
        int end = name.endsWith("+}") ? name.length() - 2 : name.length() - 1;
        parameters.put(name.substring(1, end), decoded(values[i]));
      }
    }
    return parameters;
  }

  /** Percent-decodes alone: a plus sign in a path is a plus sign. */
  private static String decoded(String value) {
    return value.indexOf('%') < 0
        ? value
        : URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
