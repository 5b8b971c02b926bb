package io.talos.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static io.talos.architecture.Conditions.between;
import static io.talos.architecture.Conditions.haveNoDependency;
import static io.talos.architecture.Conditions.into;
import static io.talos.architecture.Conditions.onAnotherPartThan;
import static io.talos.architecture.Place.part;
import static io.talos.architecture.Place.where;

import com.tngtech.archunit.core.domain.Dependency;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Which part sees which. */
final class ModuleRules {
  static final Rule CONTRACTS_SEES_NO_OTHER_PART =
      Rule.of(
          classes()
              .that(part("contracts"))
              .should(haveNoDependency("see no other part of Talos", onAnotherPartThan(List.of())))
              .because("the client carries contracts, and must not carry a server with it"),
          "contracts.SeesAModule");

  static final Rule RUNTIME_SEES_CONTRACTS_ONLY =
      Rule.of(
          classes()
              .that(part("runtime"))
              .should(
                  haveNoDependency("see contracts alone", onAnotherPartThan(List.of("contracts"))))
              .because("runtime lies below the modules: contracts <- runtime <- modules"),
          "runtime.SeesAModule");

  static final Rule MODULES_DO_NOT_MEET =
      Rule.of(
              classes()
                  .that(part(Place.EJB_MODULES.toArray(String[]::new)))
                  .should(
                      haveNoDependency(
                          "see contracts and runtime alone",
                          onAnotherPartThan(List.of("contracts", "runtime"))))
                  .because("modules tell with events and ask through ports of contracts"),
              "identity.SeesPolicy")
          .sparing("policy.SeenByIdentity");

  static final Rule GATEWAY_SEES_ONLY_RESOURCES_OF_MODULES =
      Rule.of(
              classes()
                  .that(part("gateway"))
                  .should(
                      haveNoDependency(
                          "see contracts, runtime and the modules' rest packages alone",
                          between(ModuleRules::gatewayMayNotSee)))
                  .because("the gateway lists the modules' resources and asks through ports"),
              "gateway.SeesAnOperation")
          .sparing("gateway.SeesAResource");

  static final Rule CLIENT_SEES_CONTRACTS_ONLY =
      Rule.of(
          classes()
              .that(part("client"))
              .should(
                  haveNoDependency("see contracts alone", onAnotherPartThan(List.of("contracts"))))
              .because("an agent must not carry server code"),
          "client.SeesRuntime");

  static final Rule LAUNCHER_SEES_CLIENT_AND_CONTRACTS_ONLY =
      Rule.of(
          classes()
              .that(part("launcher"))
              .should(
                  haveNoDependency(
                      "see client and contracts alone",
                      onAnotherPartThan(List.of("client", "contracts"))))
              .because("the launcher starts the server from outside and never reaches into it"),
          "launcher.SeesRuntime");

  static final Rule POLICY_FEATURES_DO_NOT_MEET =
      Rule.of(
              classes()
                  .that(where("are features of policy", p -> p.isFeature() && isPolicy(p)))
                  .should(
                      haveNoDependency(
                          "see no other feature of policy",
                          between(
                              (from, to) ->
                                  isPolicy(to)
                                      && to.isFeature()
                                      && !from.room().equals(to.room()))))
                  .because(
                      "rights, limits, tools and governance are put together by operations only"),
              "policy.rights.SeesLimits")
          .sparing("policy.limits.Bucket");

  static final Rule FEATURES_ARE_PLAIN_JAVA =
      Rule.of(
              classes()
                  .that(where("are features", Place::isFeature))
                  .should(
                      haveNoDependency(
                          "use no Jakarta API but jakarta.json, and no MicroProfile",
                          ModuleRules::isPlatform))
                  .because("the domain is tested in milliseconds, without a container"),
              "identity.keys.FeatureWithABean",
              "identity.keys.FeatureWithAColumn",
              "identity.keys.FeatureWithABinding",
              "identity.keys.FeatureWithAConfigKey")
          .sparing("identity.keys.FeatureWithJson");

  static final Rule FEATURES_DO_NOT_LOOK_OUTWARD =
      Rule.of(
          classes()
              .that(where("are features", Place::isFeature))
              .should(
                  haveNoDependency(
                      "see no operation, resource, store or start-up of their module",
                      between((from, to) -> to.isModule() && !to.isFeature())))
              .because("the skeleton depends on the domain, not the other way round"),
          "identity.keys.SeesItsStore");

  static final Rule LIBRARIES_STAY_BEHIND_THEIR_PORT =
      Rule.of(
          classes()
              .that(
                  where(
                      "are part of the server, but not of runtime",
                      p -> p.isServer() && !p.part().equals("runtime")))
              .should(
                  haveNoDependency(
                      "know neither Jedis nor Flyway",
                      into("redis.clients").or(into("org.flywaydb"))))
              .because("Redis and migrations have one port each, in runtime"),
          "identity.store.SpeaksToRedis");

  static final Rule SETTINGS_ARE_READ_AT_START_UP =
      Rule.of(
              classes()
                  .that(
                      where(
                          "are part of the server outside ops and the producer",
                          p -> p.isServer() && !p.is("ops") && !p.part().equals("runtime")))
                  .should(
                      haveNoDependency(
                          "not know MicroProfile Config", into("org.eclipse.microprofile.config")))
                  .because("settings are read once, checked, and logged; then they are a record"),
              "identity.ReadsAConfigKey")
          .sparing("identity.ops.ReadsAConfigKey");

  private ModuleRules() {}

  private static boolean isPolicy(Place place) {
    return place.part().equals("policy");
  }

  private static boolean gatewayMayNotSee(Place from, Place to) {
    Set<String> below = Set.of("gateway", "contracts", "runtime");
    return !below.contains(to.part()) && !(to.isModule() && to.is("rest"));
  }

  private static boolean isPlatform(Dependency dependency) {
    Predicate<Dependency> json = into("jakarta.json").and(into("jakarta.json.bind").negate());
    return into("jakarta").and(json.negate()).or(into("org.eclipse.microprofile")).test(dependency);
  }
}
