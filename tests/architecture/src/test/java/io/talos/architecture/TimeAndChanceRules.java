package io.talos.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static io.talos.architecture.Conditions.notAccess;
import static io.talos.architecture.Place.where;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Where time and chance come from. */
final class TimeAndChanceRules {
  private static final Set<String> PROGRAMS = Set.of("launcher", "client");

  private static final DescribedPredicate<JavaClass> MAKE_NO_CLOCK =
      DescribedPredicate.describe(
          "are neither the producer nor a program of their own",
          type ->
              !Place.of(type).filter(p -> PROGRAMS.contains(p.part())).isPresent()
                  && !isNamed(type, "runtime.Beans"));

  private static final DescribedPredicate<JavaClass> NOT_RANDOMNESS =
      DescribedPredicate.describe(
          "are not contracts.crypto.Randomness",
          type -> !isNamed(type, "contracts.crypto.Randomness"));

  static final Rule NOBODY_ASKS_THE_MACHINE_FOR_THE_TIME =
      Rule.of(
              classes()
                  .should(notAccess("read the machine's clock", TimeAndChanceRules::readsNow))
                  .because("InstantSource is injected and read once, so that a test can set it"),
              "identity.keys.ReadsInstantNow",
              "identity.keys.ReadsMillis",
              "client.ReadsDateNow",
              "identity.keys.NamesInstantNow")
          .sparing("identity.keys.ReadsAnInjectedClock");

  static final Rule CLOCKS_ARE_MADE_AT_THE_TOP =
      Rule.of(
              classes()
                  .that(MAKE_NO_CLOCK)
                  .should(notAccess("make a clock", TimeAndChanceRules::makesClock))
                  .because("the server has one clock, which runtime.Beans produces"),
              "identity.ops.MakesAClock")
          .sparing("client.MakesAClock", "runtime.Beans");

  static final Rule CHANCE_COMES_FROM_RANDOMNESS =
      Rule.of(
              classes()
                  .that(NOT_RANDOMNESS)
                  .should(notAccess("draw chance of their own", TimeAndChanceRules::drawsChance))
                  .because("a test must be able to play a recorded run again"),
              "identity.keys.DrawsAUuid",
              "identity.keys.DrawsSecurely",
              "identity.keys.DrawsFast",
              "client.DrawsMath")
          .sparing("contracts.crypto.Randomness");

  static final Rule SERVERS_DO_NOT_SLEEP =
      Rule.of(
          classes()
              .that(where("are part of the server", Place::isServer))
              .should(notAccess("sleep", TimeAndChanceRules::sleeps))
              .because("a sleeping request holds a thread; waiting is a timer or a bounded wait"),
          "identity.Sleeps",
          "contracts.Parks");

  private TimeAndChanceRules() {}

  private static boolean isNamed(JavaClass type, String name) {
    JavaClass top = type;
    while (top.getEnclosingClass().isPresent()) {
      top = top.getEnclosingClass().get();
    }
    return top.getName().endsWith(".talos." + name);
  }

  private static boolean readsNow(AccessTarget target) {
    String owner = target.getOwner().getName();
    return (owner.startsWith("java.time.") && target.getName().equals("now"))
        || (owner.equals("java.lang.System") && target.getName().equals("currentTimeMillis"))
        || (owner.equals("java.util.Date") && target.getFullName().endsWith("<init>()"));
  }

  private static boolean makesClock(AccessTarget target) {
    boolean clock =
        target.getOwner().isEquivalentTo(Clock.class)
            || target.getOwner().isEquivalentTo(InstantSource.class);
    return clock && (target.getName().startsWith("system") || target.getName().startsWith("tick"));
  }

  private static boolean drawsChance(AccessTarget target) {
    JavaClass owner = target.getOwner();
    String name = target.getName();
    return owner.isAssignableTo(Random.class)
        || owner.isEquivalentTo(SecureRandom.class)
        || owner.isEquivalentTo(SplittableRandom.class)
        || owner.getName().startsWith("java.util.random.")
        || (owner.isEquivalentTo(UUID.class) && name.equals("randomUUID"))
        || (owner.isEquivalentTo(Math.class) && name.equals("random"));
  }

  private static boolean sleeps(AccessTarget target) {
    JavaClass owner = target.getOwner();
    boolean sleep =
        target.getName().equals("sleep")
            && (owner.isAssignableTo(Thread.class) || owner.isEquivalentTo(TimeUnit.class));
    return sleep || owner.isEquivalentTo(LockSupport.class);
  }
}
