package io.talos.identity.rest;

import io.talos.contracts.did.Did;
import io.talos.contracts.json.Json;
import io.talos.identity.ClaimPrekeys;
import io.talos.identity.PublishPrekeys;
import io.talos.identity.ReadPrekeyStock;
import io.talos.runtime.request.CurrentRequest;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code /identity/agents/{did}/prekeys}: publish one's own, claim another's. */
@Path("/identity/agents/{did}/prekeys")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class PrekeysResource {
  private final PublishPrekeys publishPrekeys;
  private final ClaimPrekeys claimPrekeys;
  private final ReadPrekeyStock readStock;
  private final CurrentRequest request;

  /** Delegates to the operations. */
  @Inject
  public PrekeysResource(
      PublishPrekeys publishPrekeys,
      ClaimPrekeys claimPrekeys,
      ReadPrekeyStock readStock,
      CurrentRequest request) {
    this.publishPrekeys = publishPrekeys;
    this.claimPrekeys = claimPrekeys;
    this.readStock = readStock;
    this.request = request;
  }

  /** Leaves the caller's prekeys here. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public Response publish(@PathParam("did") String did, PrekeysPublishRequest body) {
    return publishPrekeys
        .publish(request.require().principal(), Did.parse(did), body.publication())
        .match(
            stock -> Response.ok(PrekeysResponse.of(stock)).build(),
            code -> Problem.of(code).response());
  }

  /** Tells the caller what is left of its own prekeys. */
  @GET
  public Response stock(@PathParam("did") String did) {
    return readStock
        .read(request.require().principal(), Did.parse(did))
        .match(
            stock -> Response.ok(PrekeysResponse.of(stock)).build(),
            code -> Problem.of(code).response());
  }

  /** Gives the caller another agent's prekeys; one-time prekeys only once. */
  @POST
  @Path("claim")
  public Response claim(@PathParam("did") String did) {
    return claimPrekeys
        .claim(request.require().principal(), Did.parse(did))
        .match(
            claimed -> Response.ok(bundle(claimed)).header("Cache-Control", "no-store").build(),
            code -> Problem.of(code).response());
  }

  private static JsonObject bundle(ClaimPrekeys.Claimed claimed) {
    return Json.createObjectBuilder(claimed.bundle().toJson())
        .add("one_time_prekeys_left", claimed.left())
        .add("one_time_kem_prekeys_left", claimed.kemLeft())
        .build();
  }
}
