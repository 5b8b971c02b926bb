package io.talos.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static io.talos.architecture.Conditions.haveNoDependency;
import static io.talos.architecture.Conditions.into;
import static io.talos.architecture.Place.where;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.MappedSuperclass;
import jakarta.persistence.PersistenceException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** How Talos remembers. */
final class PersistenceRules {
  private static final DescribedPredicate<JavaClass> MAPPED =
      DescribedPredicate.describe(
          "are mapped by JPA",
          type ->
              type.isAnnotatedWith(Entity.class)
                  || type.isAnnotatedWith(MappedSuperclass.class)
                  || type.isAnnotatedWith(Embeddable.class));

  static final Rule JPA_STAYS_IN_STORES =
      Rule.of(
              classes()
                  .that(where("stand outside stores", p -> !p.is("store")))
                  .should(haveNoDependency("not know JPA", PersistenceRules::isStrayJpa))
                  .because(
                      "only stores know how a module remembers; PersistenceException alone may be"
                          + " named in ops and in the gateway's chain, because a failed commit shows"
                          + " itself there, after the store's method has returned"),
              "identity.CatchesPersistence",
              "identity.ops.UsesEntities")
          .sparing("identity.ops.CatchesPersistence", "gateway.chain.CatchesPersistence");

  static final Rule EJB_STAYS_IN_OPS =
      Rule.of(
              classes()
                  .that(where("stand outside ops", p -> !p.is("ops")))
                  .should(haveNoDependency("not know EJB", into("jakarta.ejb")))
                  .because("EJBs are for start-up and timers; everything else is plain CDI"),
              "identity.SessionBean")
          .sparing("identity.ops.GoodStartup");

  static final Rule ROWS_ARE_HIDDEN_IN_STORES =
      Rule.of(
              classes()
                  .that(MAPPED)
                  .should()
                  .bePackagePrivate()
                  .andShould(beIn("store"))
                  .because("a row that nobody else can name cannot leak out of its transaction"),
              "identity.store.PublicRow",
              "identity.MisplacedRow")
          .sparing("identity.store.GoodRow");

  static final Rule ENTITIES_ARE_NAMED_ROW =
      Rule.of(
              classes()
                  .that()
                  .areAnnotatedWith(Entity.class)
                  .should()
                  .haveSimpleNameEndingWith("Row")
                  .because("a reader must see that it is a row and not the thing itself"),
              "identity.store.Badge")
          .sparing("identity.store.GoodRow");

  static final Rule ROWS_HOLD_NO_INSTANT =
      Rule.of(
              fields()
                  .that()
                  .areDeclaredInClassesThat(MAPPED)
                  .should()
                  .notHaveRawType(Instant.class)
                  .because(
                      "JPA 3.1 has no Instant: EclipseLink would store a blob; use OffsetDateTime"),
              "identity.store.InstantRow")
          .sparing("identity.store.GoodRow");

  static final Rule STORES_SPEAK_OF_THE_DOMAIN =
      Rule.of(
              methods()
                  .that()
                  .arePublic()
                  .and()
                  .areDeclaredInClassesThat(where("stand in stores", p -> p.is("store")))
                  .should(notMentionRows())
                  .because("callers get records; a row outside its store is a row to be changed"),
              "identity.store.HandsOutRows")
          .sparing("identity.store.GoodStore");

  private PersistenceRules() {}

  private static boolean isStrayJpa(Dependency dependency) {
    if (!into("jakarta.persistence").test(dependency)) {
      return false;
    }
    Optional<Place> from = Place.of(dependency.getOriginClass());
    boolean seesCommitsFail = from.filter(p -> p.is("ops") || p.isChain()).isPresent();
    boolean isTheException = dependency.getTargetClass().isEquivalentTo(PersistenceException.class);
    return !(seesCommitsFail && isTheException);
  }

  private static ArchCondition<JavaClass> beIn(String room) {
    return new ArchCondition<>("stand in ." + room) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean holds = Place.of(type).filter(p -> p.is(room)).isPresent();
        String message = "Class <" + type.getName() + "> stands in " + type.getPackageName();
        events.add(new SimpleConditionEvent(type, holds, message));
      }
    };
  }

  private static ArchCondition<JavaMethod> notMentionRows() {
    return new ArchCondition<>("not mention rows") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        boolean row =
            Stream.concat(Stream.of(method.getReturnType()), method.getParameterTypes().stream())
                .map(JavaType::getAllInvolvedRawTypes)
                .flatMap(Set::stream)
                .anyMatch(MAPPED);
        String message = "Method <" + method.getFullName() + "> mentions a row";
        events.add(new SimpleConditionEvent(method, !row, message));
      }
    };
  }
}
