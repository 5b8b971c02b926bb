package io.talos.identity.rest;

import io.talos.contracts.id.UuidV7;
import io.talos.identity.ChangePrincipal;
import io.talos.identity.CreatePrincipal;
import io.talos.identity.Outcome;
import io.talos.identity.ReadDirectory;
import io.talos.identity.directory.Member;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** {@code /identity/principals}: users, service accounts and agents in teams. */
@Path("/identity/principals")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class PrincipalsResource {
  private final CreatePrincipal createPrincipal;
  private final ChangePrincipal changePrincipal;
  private final ReadDirectory directory;

  /** Delegates to the operations. */
  @Inject
  public PrincipalsResource(
      CreatePrincipal createPrincipal, ChangePrincipal changePrincipal, ReadDirectory directory) {
    this.createPrincipal = createPrincipal;
    this.changePrincipal = changePrincipal;
    this.directory = directory;
  }

  /** Puts one into a team. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(PrincipalCreateRequest body) {
    return answer(createPrincipal.create(body.wanted()), Response.Status.CREATED);
  }

  /** Lists them, of one team when it is named. */
  @GET
  public DirectoryPage<PrincipalResponse> list(
      @QueryParam("team") @Nullable String team, @QueryParam("after") @Nullable String after) {
    return new DirectoryPage<>(
        directory.members(DirectoryPage.id(team), DirectoryPage.id(after)).stream()
            .map(PrincipalResponse::of)
            .toList());
  }

  /** Shows one. */
  @GET
  @Path("{id}")
  public Response read(@PathParam("id") String id) {
    return answer(directory.member(new UuidV7(id)), Response.Status.OK);
  }

  /** Suspends, ends, wakes or moves one. */
  @PUT
  @Path("{id}")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response change(@PathParam("id") String id, PrincipalChangeRequest body) {
    return answer(
        changePrincipal.change(new UuidV7(id), body.wanted(), body.team()), Response.Status.OK);
  }

  private static Response answer(Outcome<Member> outcome, Response.Status status) {
    return outcome.match(
        member -> Response.status(status).entity(PrincipalResponse.of(member)).build(),
        code -> Problem.of(code).response());
  }
}
