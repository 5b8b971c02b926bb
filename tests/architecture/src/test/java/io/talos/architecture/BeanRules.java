package io.talos.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.doNot;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static io.talos.architecture.Conditions.notAccess;
import static io.talos.architecture.Place.where;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.util.Optional;
import java.util.function.Predicate;

/** How beans are made and put together. */
final class BeanRules {
  static final Rule FIELDS_ARE_NOT_INJECTED =
      Rule.of(
              fields()
                  .should(new InjectedOnlyWhereAllowed())
                  .because(
                      "a constructor makes a whole object, in a test too; there is no other way for"
                          + " EJBs in ops, for @PersistenceContext and @Resource in stores, for"
                          + " @Context in JAX-RS classes, and for JAX-RS providers, which need a"
                          + " constructor without arguments"),
              "identity.InjectsAField",
              "identity.store.InjectsAField",
              "gateway.chain.InjectsAField",
              "identity.PersistenceContextOutside",
              "identity.keys.ContextOutside")
          .sparing(
              "identity.ops.GoodStartup",
              "identity.store.GoodStore",
              "identity.store.HasAResource",
              "identity.rest.HasContext",
              "gateway.chain.InjectedProvider");

  static final Rule OPERATIONS_ARE_DEPENDENT =
      Rule.of(
              classes()
                  .that(where("stand in a module's front", p -> p.is(Place.FRONT)))
                  .and(haveAnInjectedConstructor())
                  .and(doNot(hold("hold something")))
                  .should()
                  .beAnnotatedWith(Dependent.class)
                  .because(
                      "an operation, listener or port answer has no state, and a wider scope wants a"
                          + " hollow constructor; only what holds something lives on"),
              "identity.RevokeForAll")
          .sparing("identity.RevokeWell", "identity.HoldsAKey");

  static final Rule HOLDERS_ARE_NOT_OPERATIONS =
      Rule.of(
              classes()
                  .that(where("stand in a module's front", p -> p.is(Place.FRONT)))
                  .and(haveAnInjectedConstructor())
                  .and(hold("hold something"))
                  .should()
                  .beAnnotatedWith(ApplicationScoped.class)
                  .andShould(notBeTransactional())
                  .because(
                      "what one caller leaves behind must not decide what the next one may do:"
                          + " either a bean remembers, or it acts"),
              "identity.RevokeAndRemember",
              "identity.HoldsAndActs")
          .sparing("identity.HoldsAKey");

  static final Rule OPERATIONS_CAN_BE_INTERCEPTED =
      Rule.of(
              classes()
                  .that(where("stand in a module's front", p -> p.is(Place.FRONT)))
                  .and()
                  .areAnnotatedWith(Dependent.class)
                  .should()
                  .notHaveModifier(JavaModifier.FINAL)
                  .because("the transaction interceptor subclasses them"),
              "identity.RevokeFinally")
          .sparing("identity.RevokeWell");

  static final Rule DOMAIN_CLASSES_ARE_FINAL =
      Rule.of(
              classes()
                  .that(where("are features or contracts", BeanRules::isDomain))
                  .and()
                  .areNotInterfaces()
                  .and()
                  .areNotEnums()
                  .and()
                  .doNotHaveModifier(JavaModifier.ABSTRACT)
                  .and(
                      doNot(
                          DescribedPredicate.describe(
                              "are anonymous", JavaClass::isAnonymousClass)))
                  .should()
                  .haveModifier(JavaModifier.FINAL)
                  .because("nobody changes a checked value or a protocol by subclassing it"),
              "identity.keys.OpenFeature",
              "contracts.codec.OpenCodec")
          .sparing("identity.keys.FeatureWithJson");

  static final Rule NOBODY_LOOKS_BEANS_UP =
      Rule.of(
          classes()
              .should(notAccess("call CDI.current()", t -> t.getOwner().isEquivalentTo(CDI.class)))
              .because("what a class needs stands in its constructor"),
          "identity.LooksUp");

  private BeanRules() {}

  private static boolean isDomain(Place place) {
    return place.isFeature() || place.part().equals("contracts");
  }

  /** A field that changes after construction, or that is a container of things that change. */
  private static DescribedPredicate<JavaClass> hold(String words) {
    return DescribedPredicate.describe(
        words,
        type ->
            type.getFields().stream()
                .filter(f -> !f.getModifiers().contains(JavaModifier.STATIC))
                .anyMatch(
                    f ->
                        !f.getModifiers().contains(JavaModifier.FINAL)
                            || StateRules.HOLDS_STATE.test(f.getRawType())));
  }

  private static ArchCondition<JavaClass> notBeTransactional() {
    return new ArchCondition<>("not be transactional") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean acts =
            type.isAnnotatedWith(Transactional.class)
                || type.getMethods().stream().anyMatch(m -> m.isAnnotatedWith(Transactional.class));
        String message = "Class <" + type.getName() + "> holds something and changes the database";
        events.add(new SimpleConditionEvent(type, !acts, message));
      }
    };
  }

  private static DescribedPredicate<JavaClass> haveAnInjectedConstructor() {
    return DescribedPredicate.describe(
        "have an injected constructor",
        type -> type.getConstructors().stream().anyMatch(c -> c.isAnnotatedWith(Inject.class)));
  }

  private static final class InjectedOnlyWhereAllowed extends ArchCondition<JavaField> {
    InjectedOnlyWhereAllowed() {
      super("be injected only where there is no other way");
    }

    @Override
    public void check(JavaField field, ConditionEvents events) {
      boolean provider = field.getOwner().isAnnotatedWith(Provider.class);
      allow(field, Inject.class, place -> place.is("ops") || provider, events);
      allow(field, EJB.class, place -> place.is("ops"), events);
      allow(field, Resource.class, place -> place.is("ops") || place.is("store"), events);
      allow(field, PersistenceContext.class, place -> place.is("store"), events);
      allow(field, Context.class, BeanRules::isJaxRs, events);
    }

    private static void allow(
        JavaField field,
        Class<? extends Annotation> annotation,
        Predicate<Place> where,
        ConditionEvents events) {
      if (field.isAnnotatedWith(annotation)) {
        Optional<Place> place = Place.of(field.getOwner());
        String message =
            "Field <%s> is injected by @%s"
                .formatted(field.getFullName(), annotation.getSimpleName());
        events.add(new SimpleConditionEvent(field, place.filter(where).isPresent(), message));
      }
    }
  }

  private static boolean isJaxRs(Place place) {
    return place.is("rest") || place.isChain() || isRuntimeRest(place);
  }

  private static boolean isRuntimeRest(Place place) {
    return place.part().equals("runtime") && place.room().equals("rest");
  }
}
