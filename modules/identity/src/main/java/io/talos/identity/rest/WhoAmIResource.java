package io.talos.identity.rest;

import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code /identity/whoami}: tells callers as whom the chain knows them. */
@Path("/identity/whoami")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class WhoAmIResource {
  private final CurrentRequest request;

  /** Reads what the chain found out. */
  @Inject
  public WhoAmIResource(CurrentRequest request) {
    this.request = request;
  }

  /** Says who is calling. */
  @GET
  public Response read() {
    return Response.ok(WhoAmIResponse.of(request.require().principal())).build();
  }
}
