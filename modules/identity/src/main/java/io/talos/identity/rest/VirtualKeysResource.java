package io.talos.identity.rest;

import io.talos.contracts.id.UuidV7;
import io.talos.identity.IssueVirtualKey;
import io.talos.identity.ReadVirtualKeys;
import io.talos.identity.RevokeVirtualKey;
import io.talos.identity.keys.VirtualKeyText;
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
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** {@code /identity/keys}: issue, list and revoke virtual keys. */
@Path("/identity/keys")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class VirtualKeysResource {
  private final IssueVirtualKey issueVirtualKey;
  private final RevokeVirtualKey revokeVirtualKey;
  private final ReadVirtualKeys readVirtualKeys;

  /** Delegates to the operations. */
  @Inject
  public VirtualKeysResource(
      IssueVirtualKey issueVirtualKey,
      RevokeVirtualKey revokeVirtualKey,
      ReadVirtualKeys readVirtualKeys) {
    this.issueVirtualKey = issueVirtualKey;
    this.revokeVirtualKey = revokeVirtualKey;
    this.readVirtualKeys = readVirtualKeys;
  }

  /** Makes a key and shows it, this once. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response issue(VirtualKeyIssueRequest body) {
    return issueVirtualKey
        .issue(body.wanted())
        .match(VirtualKeysResource::shown, code -> Problem.of(code).response());
  }

  /** Lists keys. */
  @GET
  public DirectoryPage<VirtualKeyEntry> list(@QueryParam("after") @Nullable String after) {
    return new DirectoryPage<>(
        readVirtualKeys.page(DirectoryPage.id(after)).stream().map(VirtualKeyEntry::of).toList());
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
