package io.talos.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.talos.gateway.TalosApplication;
import jakarta.ws.rs.Path;
import java.util.Set;
import java.util.stream.Collectors;

/** What is served over HTTP. */
final class RestRules {
  static final Rule RESOURCES_STAND_IN_REST =
      Rule.of(
              classes()
                  .that()
                  .areAnnotatedWith(Path.class)
                  .should(be(Place.where("in a rest package", p -> p.is("rest"))))
                  .because("a reader finds all routes of a module in one package"),
              "identity.ResourceOutside")
          .sparing("identity.rest.ForgottenResource");

  static final Rule RESOURCES_ARE_LISTED =
      Rule.of(
          classes()
              .that()
              .areAnnotatedWith(Path.class)
              .should(beListed())
              .because("the chain guards what TalosApplication lists; the rest would be dead"),
          "identity.rest.ForgottenResource");

  private RestRules() {}

  private static ArchCondition<JavaClass> beListed() {
    Set<String> listed =
        TalosApplication.RESOURCES.stream().map(Class::getName).collect(Collectors.toSet());
    return new ArchCondition<>("be listed in TalosApplication.RESOURCES") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String message = "Class <" + type.getName() + "> and the list of resources";
        events.add(new SimpleConditionEvent(type, listed.contains(type.getName()), message));
      }
    };
  }
}
