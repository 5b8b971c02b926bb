package io.talos.bench.micro;

import io.talos.contracts.json.Json;
import io.talos.contracts.policy.AccessDecision;
import io.talos.contracts.policy.BuiltInPolicy;
import io.talos.contracts.policy.PolicyDocument;
import io.talos.contracts.port.AccessControl.Allowed;
import io.talos.contracts.port.AccessControl.Decision;
import io.talos.contracts.port.AccessControl.Question;
import io.talos.contracts.registry.SurfaceRegistry;
import io.talos.policy.rights.ActivePolicy;
import io.talos.policy.rights.CapabilityCheck;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * A decision by roles and bindings: the built-in roles, twenty bindings that are about others, and
 * one that forbids every agent one tool. With the capability it is the whole decision about a tool
 * call, in process.
 */
@State(Scope.Benchmark)
public class RolesBenchmark {
  private static final int COPIES = 64;
  private static final int BINDINGS = 20;
  private static final int REVOKED = 1000;

  private final Shown shown = new Shown(1);
  private final List<Question> questions = shown.questions(COPIES, "notes", Samples.NOW);
  private final CapabilityCheck capabilities = shown.check(List.of(), REVOKED);
  private final ActivePolicy policy = policy();
  private int turn;

  static ActivePolicy policy() {
    JsonArrayBuilder bindings = Json.createArrayBuilder();
    for (int i = 0; i < BINDINGS; i++) {
      bindings.add(binding("other-" + i, "principal", "did:key:other-" + i, "allow", "tool-" + i));
    }
    bindings.add(binding("never", "group", "agent", "deny", "erase"));
    return ActivePolicy.of(
        1,
        BuiltInPolicy.load(),
        PolicyDocument.empty().with("bindings", bindings.build()),
        SurfaceRegistry.load().all());
  }

  private static JsonObject binding(
      String id, String kind, String subject, String effect, String tool) {
    return Json.createObjectBuilder()
        .add("binding_id", id)
        .add("subject", Json.createObjectBuilder().add("type", kind).add("id", subject))
        .add("role_id", "agent")
        .add("effect", effect)
        .add(
            "scope",
            Json.createObjectBuilder()
                .add("scope_type", "tool")
                .add(
                    "attributes",
                    Json.createObjectBuilder().add("server", "notes").add("tool", tool)))
        .build();
  }

  private Question next() {
    turn = (turn + 1) & (COPIES - 1);
    return questions.get(turn);
  }

  /** Roles and bindings. */
  @Benchmark
  public AccessDecision decide() {
    AccessDecision decision = policy.decide(next());
    Outcome.held(decision.allowed());
    return decision;
  }

  /** Roles and bindings, and a capability that is known. */
  @Benchmark
  public Decision decideWithCapability() {
    Question question = next();
    AccessDecision access = policy.decide(question);
    Outcome.held(access.allowed());
    Decision decision = capabilities.decide(access, question);
    Outcome.held(decision instanceof Allowed);
    return decision;
  }
}
