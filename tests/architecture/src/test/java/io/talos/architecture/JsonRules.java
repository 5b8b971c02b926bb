package io.talos.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static io.talos.architecture.Conditions.notAccess;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import jakarta.json.Json;
import jakarta.json.spi.JsonProvider;

/** How JSON is made. */
final class JsonRules {
  private static final DescribedPredicate<JavaClass> ARE_NOT_OUR_JSON =
      DescribedPredicate.describe(
          "are not contracts.json.Json",
          type -> !type.getName().endsWith(".talos.contracts.json.Json"));

  static final Rule THE_JSON_PROVIDER_IS_LOOKED_FOR_ONCE =
      Rule.of(
              classes()
                  .that(ARE_NOT_OUR_JSON)
                  .should(notAccess("look for the JSON provider", JsonRules::looksForProvider))
                  .because(
                      "each look-up costs more than the decision it serves; contracts.json.Json"
                          + " keeps what it found"),
              "identity.keys.LooksForJson",
              "identity.keys.KeepsItsOwnJson")
          .sparing("contracts.json.Json");

  private JsonRules() {}

  private static boolean looksForProvider(AccessTarget target) {
    return target.getOwner().isEquivalentTo(Json.class)
        || (target.getOwner().isEquivalentTo(JsonProvider.class)
            && target.getName().equals("provider"));
  }
}
