package io.talos.policy.rest;

import io.talos.policy.ListSurfaces;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code /policy/surfaces}. */
@Path("/policy/surfaces")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class SurfacesResource {
  private final ListSurfaces listSurfaces;

  /** Delegates to the operation. */
  @Inject
  public SurfacesResource(ListSurfaces listSurfaces) {
    this.listSurfaces = listSurfaces;
  }

  /** Every surface and what it asks for. */
  @GET
  public Response list() {
    return Response.ok(
            new SurfaceListResponse(
                listSurfaces.list().stream().map(SurfaceListResponse.Item::of).toList()))
        .build();
  }
}
