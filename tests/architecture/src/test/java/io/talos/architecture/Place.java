package io.talos.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Where a class stands.
 *
 * @param part the module or library, such as {@code identity}
 * @param room the package directly below the part, {@code front} for the part's own package
 */
record Place(String part, String room) {
  static final String FRONT = "front";

  static final List<String> EJB_MODULES = List.of("identity", "policy", "a2a", "audit", "secrets");

  private static final List<String> ROOTS = List.of("io.talos.", "bad.talos.");
  private static final Set<String> SKELETON = Set.of(FRONT, "rest", "store", "ops");

  /** The place of a class of Talos; empty for anything foreign. */
  static Optional<Place> of(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    return ROOTS.stream()
        .filter(name::startsWith)
        .findFirst()
        .map(root -> name.substring(root.length()).split("\\."))
        .map(path -> new Place(path[0], path.length > 1 ? path[1] : FRONT));
  }

  boolean isModule() {
    return EJB_MODULES.contains(part) || part.equals("gateway");
  }

  /** What runs inside the server: the modules and the libraries below them. */
  boolean isServer() {
    return isModule() || part.equals("runtime") || part.equals("contracts");
  }

  /**
   * Whether this is the domain itself. The gateway's chain is not: it is the WAR's own JAX-RS
   * filters and their beans, a second front.
   */
  boolean isFeature() {
    return isModule() && !SKELETON.contains(room) && !isChain();
  }

  boolean isChain() {
    return part.equals("gateway") && room.equals("chain");
  }

  boolean is(String otherRoom) {
    return isModule() && room.equals(otherRoom);
  }

  static DescribedPredicate<JavaClass> part(String... parts) {
    return where(
        "are part of " + String.join(", ", parts),
        place -> Arrays.asList(parts).contains(place.part()));
  }

  static DescribedPredicate<JavaClass> where(String words, Predicate<Place> test) {
    return DescribedPredicate.describe(words, type -> of(type).filter(test).isPresent());
  }
}
