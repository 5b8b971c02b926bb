package io.talos.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import jakarta.ws.rs.core.Application;
import java.util.Locale;
import java.util.Set;

/** Whether packages go round in circles. */
final class CycleRules {
  /**
   * Packages of contracts that lie on each other at the bottom: {@code Bytes} prints itself with a
   * codec and compares itself in constant time, and codecs and crypto speak {@code Bytes}.
   */
  private static final Set<String> GROUND = Set.of(Place.FRONT, "codec", "crypto", "error");

  static final Rule PACKAGES_DO_NOT_GO_ROUND =
      Rule.of(
          slices()
              .assignedFrom(new Packages())
              .should()
              .beFreeOfCycles()
              .because("a package that needs itself through another cannot be understood alone"),
          "audit.proofs.NeedsTiles",
          "audit.tiles.NeedsProofs");

  private CycleRules() {}

  private static final class Packages implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      if (type.isAssignableTo(Application.class)) {
        // It names every resource and filter on purpose, and nobody names it but start-up.
        return SliceIdentifier.ignore();
      }
      return Place.of(type)
          .map(place -> SliceIdentifier.of(place.part(), slice(type, place)))
          .orElseGet(SliceIdentifier::ignore);
    }

    private static String slice(JavaClass type, Place place) {
      if (place.part().equals("contracts") && GROUND.contains(place.room())) {
        return "ground";
      }
      return place.isModule() && isLogOrSettings(type, place) ? "log and settings" : place.room();
    }

    /**
     * Operations log and have settings, and timers call operations: the two lie below both, in
     * whichever package the skeleton keeps them.
     */
    private static boolean isLogOrSettings(JavaClass type, Place place) {
      String module =
          place.part().substring(0, 1).toUpperCase(Locale.ROOT) + place.part().substring(1);
      return Set.of(module + "Log", module + "Settings").contains(type.getSimpleName());
    }

    @Override
    public String getDescription() {
      return "the packages of each part";
    }
  }
}
