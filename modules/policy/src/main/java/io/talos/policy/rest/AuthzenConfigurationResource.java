package io.talos.policy.rest;

import io.talos.contracts.json.Json;
import io.talos.policy.ops.PolicySettings;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/**
 * {@code /.well-known/authzen-configuration}: where this policy decision point is asked.
 *
 * <p>Source: OpenID AuthZEN Authorization API 1.0 §9.
 */
@Path("/.well-known/authzen-configuration")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class AuthzenConfigurationResource {
  private final PolicySettings settings;

  /** Shows public values only. */
  @Inject
  public AuthzenConfigurationResource(PolicySettings settings) {
    this.settings = settings;
  }

  /** The metadata. */
  @GET
  public Response read() {
    String base = settings.baseUrl();
    return Response.ok(
            Json.createObjectBuilder()
                .add("policy_decision_point", base)
                .add("access_evaluation_endpoint", base + "/access/v1/evaluation")
                .add("access_evaluations_endpoint", base + "/access/v1/evaluations")
                .build())
        .build();
  }
}
