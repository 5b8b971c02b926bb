package io.talos.identity.rest;

import io.talos.contracts.id.UuidV7;
import io.talos.identity.IssueVirtualKey;
import io.talos.identity.RevokeVirtualKey;
import io.talos.identity.keys.VirtualKeyText;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code /identity/keys}: issue and revoke virtual keys. */
@Path("/identity/keys")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class VirtualKeysResource {
  private final IssueVirtualKey issueVirtualKey;
  private final RevokeVirtualKey revokeVirtualKey;

  /** Delegates to the operations. */
  @Inject
  public VirtualKeysResource(IssueVirtualKey issueVirtualKey, RevokeVirtualKey revokeVirtualKey) {
    this.issueVirtualKey = issueVirtualKey;
    this.revokeVirtualKey = revokeVirtualKey;
  }

  /** Makes a key and shows it, this once. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response issue(VirtualKeyIssueRequest body) {
    return issueVirtualKey
        .issue(body.name(), body.end())
        .match(VirtualKeysResource::shown, code -> Problem.of(code).response());
  }

  /** Ends a key. */
  @DELETE
  @Path("{id}")
  public Response revoke(@PathParam("id") String id) {
    return revokeVirtualKey
        .revoke(new UuidV7(id))
        .match(gone -> Response.noContent().build(), code -> Problem.of(code).response());
  }

  private static Response shown(IssueVirtualKey.Issued issued) {
    try (VirtualKeyText text = issued.text()) {
      return Response.status(Response.Status.CREATED)
          .entity(VirtualKeyResponse.of(issued))
          .header("Cache-Control", "no-store")
          .build();
    }
  }
}
