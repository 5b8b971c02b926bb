package io.talos.contracts.channel;

import io.talos.contracts.Check;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of the suites that an agent speaks. A responder signs its list with its signed prekey;
 * an initiator's list is part of what both derive their keys from. So nobody between them can
 * shorten either, and what they use is always the best that both have.
 *
 * <p>A name that this version does not know is kept and passed over: a later version may know it.
 * The order says nothing. {@code talos-1x} is never chosen; it is used only by whoever asks for it
 * by name, on another way.
 *
 * @param names 1 to {@value Limits#SUITES_MAX} different names of lower-case letters, digits and
 *     {@code -}, each of at most 64 characters
 */
public record SpokenSuites(List<String> names) {
  /** Best first. */
  private static final List<Suite> BY_STRENGTH = List.of(Suite.TALOS_PQXDH_2, Suite.TALOS_X3DH_2);

  private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,64}");

  /** What this version speaks. */
  public static final SpokenSuites ALL = of(Suite.TALOS_PQXDH_2, Suite.TALOS_X3DH_2);

  /** Checks the bounds and copies. */
  public SpokenSuites {
    Check.that(!names.isEmpty(), "an agent speaks some suite");
    Check.atMost(names.size(), Limits.SUITES_MAX, "the number of suites");
    for (String name : names) {
      Check.that(NAME.matcher(name).matches(), "a suite's name has a-z, 0-9 and - only");
    }
    Check.that(new HashSet<>(names).size() == names.size(), "no suite stands twice");
    names = List.copyOf(names);
  }

  /** These suites only. */
  public static SpokenSuites of(Suite... suites) {
    return new SpokenSuites(Arrays.stream(suites).map(Suite::wireName).toList());
  }

  /** Reads what {@link #text} wrote. */
  public static SpokenSuites parse(String text) {
    return new SpokenSuites(List.of(text.split(",", -1)));
  }

  /** Whether this suite is among them. */
  public boolean holds(Suite suite) {
    return names.contains(suite.wireName());
  }

  /** The best suite that both speak. */
  public Optional<Suite> best(SpokenSuites others) {
    return BY_STRENGTH.stream().filter(suite -> holds(suite) && others.holds(suite)).findFirst();
  }

  /** The names with a comma between them, as they are signed. */
  public String text() {
    return String.join(",", names);
  }
}
