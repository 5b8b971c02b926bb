package io.talos.bench.stages;

import static net.bytebuddy.matcher.ElementMatchers.hasSuperType;
import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.nameContains;
import static net.bytebuddy.matcher.ElementMatchers.nameStartsWith;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.not;

import java.lang.instrument.Instrumentation;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.matcher.ElementMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Measures the stages of the chain. A stage is a method of the product; those of a port are found
 * by the port, so that an implementation may change its name.
 */
public final class StageAgent {
  private static final String PORTS = "io.talos.contracts.port.";

  private StageAgent() {}

  /** Before the server's own main. */
  public static void premain(@Nullable String options, Instrumentation instrumentation) {
    AgentBuilder agent =
        new AgentBuilder.Default()
            .disableClassFormatChanges()
            .ignore(not(nameStartsWith("io.talos.")).or(nameContains("$")));
    agent = port(agent, "RequestAuthentication", "authenticate");
    agent = port(agent, "AccessControl", "decide");
    agent = port(agent, "Traffic", "byAddress", "reserve", "release", "remember");
    agent = type(agent, "io.talos.gateway.chain.EnforcementFilter", "filter");
    agent = type(agent, "io.talos.gateway.chain.EnforcementChain", "admit");
    agent = type(agent, "io.talos.gateway.chain.RequestBody", "read", "check");
    agent = type(agent, "io.talos.gateway.chain.OutcomeFilter", "filter", "finish");
    agent = type(agent, "io.talos.gateway.ForwardMcp", "forward");
    agent = type(agent, "io.talos.identity.store.AgentStore", "find");
    agent = type(agent, "io.talos.identity.store.NonceStore", "spend");
    agent = type(agent, "io.talos.contracts.http.SignatureVerification", "verify");
    agent = withoutAudit(agent);
    agent.installOn(instrumentation);
  }

  /** The statements that write an event. */
  private static AgentBuilder withoutAudit(AgentBuilder agent) {
    return agent
        .type(net.bytebuddy.matcher.ElementMatchers.named("io.talos.audit.store.EventStore"))
        .transform(
            (builder, type, loader, module, domain) ->
                builder.visit(
                    Advice.to(AuditOffAdvice.class)
                        .on(namedOneOf("nextSeq", "add").and(not(isAbstract())))));
  }

  private static AgentBuilder port(AgentBuilder agent, String port, String... methods) {
    return weave(
        agent, hasSuperType(net.bytebuddy.matcher.ElementMatchers.named(PORTS + port)), methods);
  }

  private static AgentBuilder type(AgentBuilder agent, String type, String... methods) {
    return weave(agent, net.bytebuddy.matcher.ElementMatchers.named(type), methods);
  }

  private static AgentBuilder weave(
      AgentBuilder agent, ElementMatcher<? super TypeDescription> types, String... methods) {
    return agent
        .type(types)
        .transform(
            (builder, type, loader, module, domain) ->
                builder.visit(
                    Advice.to(StageAdvice.class).on(namedOneOf(methods).and(not(isAbstract())))));
  }
}
