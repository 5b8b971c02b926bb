package io.talos.a2a.rest;

import io.talos.a2a.ClaimKeyPackage;
import io.talos.a2a.PublishKeyPackages;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code /a2a/key-packages}: publish, stock, claim. */
@Path("/a2a/key-packages")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class KeyPackagesResource {
  private final PublishKeyPackages publishKeyPackages;
  private final ClaimKeyPackage claimKeyPackage;
  private final CurrentRequest request;

  /** Delegates to the operations. */
  @Inject
  public KeyPackagesResource(
      PublishKeyPackages publishKeyPackages,
      ClaimKeyPackage claimKeyPackage,
      CurrentRequest request) {
    this.publishKeyPackages = publishKeyPackages;
    this.claimKeyPackage = claimKeyPackage;
    this.request = request;
  }

  /** Leaves key packages here. */
  @PUT
  @Consumes(MediaType.APPLICATION_JSON)
  public Response publish(KeyPackagesPublishRequest body) {
    return publishKeyPackages
        .publish(actor(), body.single(), body.last())
        .match(
            stock -> Response.ok(KeyPackageStockResponse.of(stock)).build(), GroupResource::refuse);
  }

  /** Tells what is left. */
  @GET
  public Response stock() {
    return Response.ok(KeyPackageStockResponse.of(publishKeyPackages.stock(actor()))).build();
  }

  /** Gives the caller another agent's key package. */
  @POST
  @Path("claim")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response claim(KeyPackageClaimRequest body) {
    return claimKeyPackage
        .claim(actor(), body.agentId())
        .match(
            claimed ->
                Response.ok(KeyPackageResponse.of(claimed))
                    .header("Cache-Control", "no-store")
                    .build(),
            GroupResource::refuse);
  }

  private String actor() {
    return request.require().principal().id();
  }
}
