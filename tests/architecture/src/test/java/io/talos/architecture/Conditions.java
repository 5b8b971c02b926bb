package io.talos.architecture;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/** The conditions that several rules share. */
final class Conditions {
  private Conditions() {}

  /** No dependency for which {@code wrong} says so. */
  static ArchCondition<JavaClass> haveNoDependency(String words, Predicate<Dependency> wrong) {
    return new ArchCondition<>(words) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        type.getDirectDependenciesFromSelf().stream()
            .filter(wrong)
            .forEach(d -> events.add(SimpleConditionEvent.violated(d, d.getDescription())));
      }
    };
  }

  /** No call, method reference or field access whose target is one that {@code wrong} finds. */
  static ArchCondition<JavaClass> notAccess(String words, Predicate<? super AccessTarget> wrong) {
    return new ArchCondition<>("not " + words) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
          if (wrong.test(access.getTarget())) {
            events.add(SimpleConditionEvent.violated(access, access.getDescription()));
          }
        }
      }
    };
  }

  /** A dependency within Talos, seen as two places. */
  static Predicate<Dependency> between(BiPredicate<Place, Place> wrong) {
    return dependency ->
        Place.of(dependency.getOriginClass())
            .flatMap(
                from -> Place.of(dependency.getTargetClass()).filter(to -> wrong.test(from, to)))
            .isPresent();
  }

  /** A dependency on another part of Talos than these. */
  static Predicate<Dependency> onAnotherPartThan(List<String> parts) {
    return between((from, to) -> !from.part().equals(to.part()) && !parts.contains(to.part()));
  }

  /** A target in this package or below it. */
  static Predicate<Dependency> into(String root) {
    return dependency -> isBelow(dependency.getTargetClass(), root);
  }

  static boolean isBelow(JavaClass type, String root) {
    String name = type.getBaseComponentType().getPackageName();
    return name.equals(root) || name.startsWith(root + ".");
  }
}
