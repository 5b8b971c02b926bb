package io.talos.contracts.policy;

import io.talos.contracts.Check;
import io.talos.contracts.did.Did;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What a request touches, or what a binding reaches: a type and attributes by name, such as {@code
 * session} with {@code session_id}.
 *
 * <p>In a binding the value {@code *} stands for any value; in a request it is only a text.
 *
 * @param attributes in the order of names
 */
public record AccessScope(String type, SortedMap<String, String> attributes) {
  /** The type that reaches everything. */
  public static final String GLOBAL = "global";

  /** Another name of {@link #GLOBAL}, from Talos 1.x. */
  public static final String PLATFORM = "platform";

  /** An organisation; it reaches what names it as {@code org_id}. */
  public static final String ORG = "org";

  /** A team; it reaches what names it as {@code team_id}. */
  public static final String TEAM = "team";

  /** The answer of {@link #specificity} when a binding's scope does not reach a request's. */
  public static final int NO_MATCH = -1;

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,63}");
  private static final String ANY = "*";
  private static final AccessScope EVERYTHING = of(GLOBAL, Map.of());

  /** Checks and copies. */
  public AccessScope {
    Check.that(isName(type), "a scope type is a lower-case word");
    Check.atMost(attributes.size(), Limits.ATTRIBUTES_MAX, "the number of attributes");
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      Check.that(isName(attribute.getKey()), "an attribute's name is a lower-case word");
      Check.that(!attribute.getValue().isEmpty(), "an attribute has a value");
      // As the schema counts, so that what it lets through is never a fault of ours.
      String value = attribute.getValue();
      Check.atMost(
          value.codePointCount(0, value.length()),
          Limits.VALUE_CHARACTERS_MAX,
          "the value's length");
    }
    attributes = Collections.unmodifiableSortedMap(new TreeMap<>(attributes));
  }

  /** A scope of this type. */
  public static AccessScope of(String type, Map<String, String> attributes) {
    return new AccessScope(type, new TreeMap<>(attributes));
  }

  /** The scope of a request that touches nothing in particular, and of a binding without bounds. */
  public static AccessScope everything() {
    return EVERYTHING;
  }

  /** Whether {@code text} may name a scope type or an attribute. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches();
  }

  /** Whether a binding with this scope reaches every request. */
  public boolean isEverything() {
    return type.equals(GLOBAL) || type.equals(PLATFORM);
  }

  /**
   * How closely this scope of a binding fits the scope that a request requires, or {@link
   * #NO_MATCH}.
   *
   * <ul>
   *   <li>Everything fits with 0.
   *   <li>Of the same type: each attribute of the binding must be in the request; an equal value
   *       counts 2, {@code *} counts 1. Further attributes of the request do not matter.
   *   <li>An organisation reaches the teams and things, a team the things, that name it: each
   *       attribute counts one less than in its own type, so the nearer binding is the closer one.
   *   <li>A binding without attributes that is not of everything reaches nothing.
   * </ul>
   *
   * <p>Source: Talos 1.x, scope match; the second but last rule is the 1.x enforcement table's.
   */
  public int specificity(AccessScope required) {
    if (isEverything()) {
      return 0;
    }
    if (attributes.isEmpty()) {
      return NO_MATCH;
    }
    if (type.equals(required.type)) {
      return points(required, 2);
    }
    return isAbove(required) ? points(required, 1) : NO_MATCH;
  }

  /** The same with each DID in its native form, so that an alias is no way around a binding. */
  AccessScope unaliased() {
    for (String value : attributes.values()) {
      if (!Did.unaliased(value).equals(value)) {
        SortedMap<String, String> plain = new TreeMap<>(attributes);
        plain.replaceAll((name, text) -> Did.unaliased(text));
        return new AccessScope(type, plain);
      }
    }
    return this;
  }

  private boolean isAbove(AccessScope required) {
    return switch (type) {
      case ORG -> !required.isEverything();
      case TEAM -> !required.isEverything() && !required.type.equals(ORG);
      default -> false;
    };
  }

  private int points(AccessScope required, int equal) {
    int points = 0;
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      String value = required.attributes.get(attribute.getKey());
      if (value == null) {
        return NO_MATCH;
      }
      if (attribute.getValue().equals(ANY)) {
        points += equal - 1;
      } else if (attribute.getValue().equals(value)) {
        points += equal;
      } else {
        return NO_MATCH;
      }
    }
    return points;
  }
}
