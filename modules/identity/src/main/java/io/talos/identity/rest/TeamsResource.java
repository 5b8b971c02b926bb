package io.talos.identity.rest;

import io.talos.contracts.id.UuidV7;
import io.talos.identity.CreateTeam;
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

/** {@code /identity/teams}: teams of organisations. */
@Path("/identity/teams")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class TeamsResource {
  private final CreateTeam createTeam;
  private final ReadDirectory directory;

  /** Delegates to the operations. */
  @Inject
  public TeamsResource(CreateTeam createTeam, ReadDirectory directory) {
    this.createTeam = createTeam;
    this.directory = directory;
  }

  /** Makes one. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(TeamCreateRequest body) {
    return createTeam
        .create(new UuidV7(body.orgId()), body.name())
        .match(
            team -> Response.status(Response.Status.CREATED).entity(TeamResponse.of(team)).build(),
            code -> Problem.of(code).response());
  }

  /** Lists them, of one organisation when it is named. */
  @GET
  public DirectoryPage<TeamResponse> list(
      @QueryParam("org") @Nullable String org, @QueryParam("after") @Nullable String after) {
    return new DirectoryPage<>(
        directory.teams(DirectoryPage.id(org), DirectoryPage.id(after)).stream()
            .map(TeamResponse::of)
            .toList());
  }

  /** Shows one. */
  @GET
  @Path("{id}")
  public Response read(@PathParam("id") String id) {
    return directory
        .team(new UuidV7(id))
        .match(
            team -> Response.ok(TeamResponse.of(team)).build(),
            code -> Problem.of(code).response());
  }
}
