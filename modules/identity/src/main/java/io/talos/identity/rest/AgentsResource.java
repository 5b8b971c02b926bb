package io.talos.identity.rest;

import io.talos.contracts.did.Did;
import io.talos.identity.ReadAgent;
import io.talos.identity.RegisterAgent;
import io.talos.identity.RevokeAgent;
import io.talos.runtime.request.CurrentRequest;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code /identity/agents}: register, read, revoke. */
@Path("/identity/agents")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class AgentsResource {
  private final RegisterAgent registerAgent;
  private final ReadAgent readAgent;
  private final RevokeAgent revokeAgent;
  private final CurrentRequest request;

  /** Delegates to the operations. */
  @Inject
  public AgentsResource(
      RegisterAgent registerAgent,
      ReadAgent readAgent,
      RevokeAgent revokeAgent,
      CurrentRequest request) {
    this.registerAgent = registerAgent;
    this.readAgent = readAgent;
    this.revokeAgent = revokeAgent;
    this.request = request;
  }

  /** Registers the caller. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response register(AgentRegisterRequest body) {
    return registerAgent
        .register(request.require().principal(), body.registration())
        .match(
            agent ->
                Response.status(Response.Status.CREATED).entity(AgentResponse.of(agent)).build(),
            code -> Problem.of(code).response());
  }

  /** Shows a registered agent. */
  @GET
  @Path("{did}")
  public Response read(@PathParam("did") String did) {
    return readAgent
        .read(Did.parse(did))
        .match(
            agent -> Response.ok(AgentResponse.of(agent)).build(),
            code -> Problem.of(code).response());
  }

  /** Ends a registration. */
  @DELETE
  @Path("{did}")
  public Response revoke(@PathParam("did") String did) {
    return revokeAgent
        .revoke(Did.parse(did))
        .match(gone -> Response.noContent().build(), code -> Problem.of(code).response());
  }
}
