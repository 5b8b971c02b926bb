package io.talos.contracts.registry;

import io.talos.contracts.Check;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a surface touches, said before a request comes: the type of thing, and where in the request
 * the thing is named.
 *
 * @param type such as {@code session}
 * @param attributes by name the place of the value: a name of the path's template, or one of {@link
 *     #PLACES}
 */
public record ScopeTemplate(String type, Map<String, String> attributes) {
  /** Where besides the path a value may come from. */
  public static final Set<String> PLACES = Set.of("call.tool", "principal.id");

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");

  /** Checks and copies. */
  public ScopeTemplate {
    Check.that(NAME.matcher(type).matches(), "a scope type is a lower-case word");
    Check.that(!attributes.isEmpty(), "a scope template names what is touched");
    attributes = Map.copyOf(attributes);
    for (String name : attributes.keySet()) {
      Check.that(NAME.matcher(name).matches(), "an attribute's name is a lower-case word");
    }
  }

  /** Refuses a place that a request on {@code path} does not have. */
  void checkAgainst(String path) {
    for (String place : attributes.values()) {
      Check.that(
          PLACES.contains(place)
              || path.contains("{" + place + "}")
              || path.contains("{" + place + "+}"),
          "the scope of " + path + " comes from a place that is there, not from " + place);
    }
  }

  /**
   * The attributes of one request. What the request does not name is left out, so that no binding
   * which asks for it fits; nothing is ever made up.
   *
   * @param values by place the value that the request has there
   */
  public SortedMap<String, String> fill(Function<String, @Nullable String> values) {
    SortedMap<String, String> filled = new TreeMap<>();
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      String value = values.apply(attribute.getValue());
      if (value != null && !value.isEmpty()) {
        filled.put(attribute.getKey(), value);
      }
    }
    return filled;
  }
}
