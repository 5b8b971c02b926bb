package io.talos.policy.rest;

import io.talos.policy.PolicyKeys;
import io.talos.policy.ops.PolicySettings;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code /policy/issuer}: the trust root of this server's capabilities. */
@Path("/policy/issuer")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class IssuerResource {
  private final PolicyKeys keys;
  private final PolicySettings settings;

  /** Shows public values only. */
  @Inject
  public IssuerResource(PolicyKeys keys, PolicySettings settings) {
    this.keys = keys;
    this.settings = settings;
  }

  /** The root issuer and the audience. */
  @GET
  public Response read() {
    return Response.ok(new IssuerResponse(keys.issuerDid().text(), settings.audience())).build();
  }
}
