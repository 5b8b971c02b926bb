package io.talos.architecture;

import static com.tngtech.archunit.lang.conditions.ArchConditions.be;
import static com.tngtech.archunit.lang.conditions.ArchConditions.not;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.regex.Pattern;

/** What things are called. */
final class NameRules {
  private static final Pattern EMPTY_WORD =
      Pattern.compile(".*(Manager|Helper|Util|Utils|Impl|Service|Data)s?");

  static final Rule NAMES_SAY_SOMETHING =
      Rule.of(
              classes()
                  .should(not(be(emptyNamed())))
                  .because("a name says what the thing is, and an implementation how it differs"),
              "identity.AgentManager",
              "identity.AgentHelper",
              "identity.AgentUtils",
              "identity.AgentServiceImpl",
              "identity.AgentService",
              "identity.AgentData")
          .sparing("identity.RevokeWell");

  private NameRules() {}

  private static DescribedPredicate<JavaClass> emptyNamed() {
    return DescribedPredicate.describe(
        "named with an empty word", type -> EMPTY_WORD.matcher(type.getSimpleName()).matches());
  }
}
