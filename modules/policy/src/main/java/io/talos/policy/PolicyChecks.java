package io.talos.policy;

import io.talos.contracts.policy.BuiltInPolicy;
import io.talos.contracts.policy.PolicyCheck;
import io.talos.contracts.policy.PolicyProblem;
import io.talos.contracts.registry.SurfaceRegistry;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import java.time.InstantSource;
import java.util.List;

/** Checks policy documents against this server's surfaces and built-in roles. */
@Dependent
public class PolicyChecks {
  private final PolicyCheck check;
  private final InstantSource clock;

  @Inject
  PolicyChecks(SchemaLibrary schemas, SurfaceRegistry surfaces, InstantSource clock) {
    this.check = new PolicyCheck(schemas, surfaces.all(), BuiltInPolicy.load());
    this.clock = clock;
  }

  /** Everything that is wrong with {@code document}. */
  public List<PolicyProblem> problems(JsonObject document) {
    return check.problems(document, clock.instant());
  }
}
