package io.talos.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static io.talos.architecture.Conditions.notAccess;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaParameter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.talos.contracts.event.Audited;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** How modules tell each other what happened. */
final class EventRules {
  private static final DescribedPredicate<JavaMethod> OBSERVE_ASYNC =
      DescribedPredicate.describe(
          "observe asynchronously",
          method ->
              method.getParameters().stream()
                  .anyMatch(p -> p.isAnnotatedWith(ObservesAsync.class)));

  private static final DescribedPredicate<JavaMethod> OBSERVE_AUDITED =
      DescribedPredicate.describe(
          "observe audited events",
          method -> method.getParameters().stream().anyMatch(EventRules::isAuditedEvent));

  static final Rule NOBODY_OBSERVES_ASYNCHRONOUSLY =
      Rule.of(
              methods()
                  .should(not(OBSERVE_ASYNC))
                  .because(
                      "an asynchronous observer has neither the transaction nor a second chance"),
              "identity.OnRevokedAsync")
          .sparing("identity.OnAuditedMandatory");

  static final Rule NOBODY_FIRES_ASYNCHRONOUSLY =
      Rule.of(
          classes()
              .should(
                  notAccess(
                      "call Event.fireAsync",
                      t ->
                          t.getOwner().isAssignableTo(Event.class)
                              && t.getName().equals("fireAsync")))
              .because("what must happen later is an outbox row that a timer delivers"),
          "identity.FiresAsync");

  static final Rule OBSERVERS_OF_AUDITED_EVENTS_ARE_MANDATORY =
      Rule.of(
              methods()
                  .that(OBSERVE_AUDITED)
                  .should(beMandatory())
                  .because("the audit row commits with the change or not at all"),
              "identity.OnAuditedRequired",
              "identity.OnAuditedWithoutTransaction")
          .sparing("identity.OnAuditedMandatory", "identity.OnAuditedMandatoryClass");

  static final Rule AUDITED_EVENTS_ARE_RECORDS_OF_CONTRACTS =
      Rule.of(
          classes()
              .that()
              .areAssignableTo(Audited.class)
              .and()
              .areNotInterfaces()
              .should()
              .beRecords()
              .andShould()
              .resideInAPackage("..talos.contracts.event")
              .because("an event is ids and values that any module may hear of"),
          "identity.HomemadeEvent",
          "contracts.event.BadgeLost");

  private EventRules() {}

  private static boolean isAuditedEvent(JavaParameter parameter) {
    return parameter.isAnnotatedWith(Observes.class)
        && parameter.getRawType().isAssignableTo(Audited.class);
  }

  private static ArchCondition<JavaMethod> not(DescribedPredicate<JavaMethod> wrong) {
    return condition("not " + wrong.getDescription(), wrong.negate());
  }

  private static ArchCondition<JavaMethod> beMandatory() {
    return condition(
        "be @Transactional(MANDATORY)",
        DescribedPredicate.describe("are mandatory", EventRules::isMandatory));
  }

  /** The method's own annotation wins over its class's, as in Jakarta Transactions. */
  private static boolean isMandatory(JavaMethod method) {
    return method
        .tryGetAnnotationOfType(Transactional.class)
        .or(() -> method.getOwner().tryGetAnnotationOfType(Transactional.class))
        .filter(t -> t.value() == TxType.MANDATORY)
        .isPresent();
  }

  private static ArchCondition<JavaMethod> condition(
      String words, DescribedPredicate<JavaMethod> right) {
    return new ArchCondition<>(words) {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        String message = "Method <" + method.getFullName() + "> shall " + words;
        events.add(new SimpleConditionEvent(method, right.test(method), message));
      }
    };
  }
}
