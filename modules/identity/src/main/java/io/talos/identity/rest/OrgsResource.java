package io.talos.identity.rest;

import io.talos.contracts.id.UuidV7;
import io.talos.identity.CreateOrg;
import io.talos.identity.ReadDirectory;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** {@code /identity/orgs}: organisations. */
@Path("/identity/orgs")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class OrgsResource {
  private final CreateOrg createOrg;
  private final ReadDirectory directory;

  /** Delegates to the operations. */
  @Inject
  public OrgsResource(CreateOrg createOrg, ReadDirectory directory) {
    this.createOrg = createOrg;
    this.directory = directory;
  }

  /** Makes one known. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(OrgCreateRequest body) {
    return createOrg
        .create(body.name(), body.domain())
        .match(
            org -> Response.status(Response.Status.CREATED).entity(OrgResponse.of(org)).build(),
            code -> Problem.of(code).response());
  }

  /** Lists them. */
  @GET
  public DirectoryPage<OrgResponse> list(@QueryParam("after") @Nullable String after) {
    return new DirectoryPage<>(
        directory.orgs(DirectoryPage.id(after)).stream().map(OrgResponse::of).toList());
  }

  /** Shows one. */
  @GET
  @Path("{id}")
  public Response read(@PathParam("id") String id) {
    return directory
        .org(new UuidV7(id))
        .match(
            org -> Response.ok(OrgResponse.of(org)).build(), code -> Problem.of(code).response());
  }
}
