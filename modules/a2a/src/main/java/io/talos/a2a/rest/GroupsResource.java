package io.talos.a2a.rest;

import io.talos.a2a.CreateGroup;
import io.talos.a2a.ListGroups;
import io.talos.a2a.groups.Limits;
import io.talos.a2a.groups.Roster;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /a2a/groups}: make and list. */
@Path("/a2a/groups")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class GroupsResource {
  private final CreateGroup createGroup;
  private final ListGroups listGroups;
  private final CurrentRequest request;

  /** Delegates to the operations. */
  @Inject
  public GroupsResource(CreateGroup createGroup, ListGroups listGroups, CurrentRequest request) {
    this.createGroup = createGroup;
    this.listGroups = listGroups;
    this.request = request;
  }

  /** Makes a group. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response create(GroupCreateRequest body) {
    Roster made = createGroup.create(actor(), Optional.ofNullable(body.name()));
    return Response.status(Response.Status.CREATED).entity(GroupResponse.of(made)).build();
  }

  /** Lists the caller's groups. */
  @GET
  public Response list(
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("" + Limits.PAGE_DEFAULT) String limit) {
    Optional<UuidV7> after = Optional.ofNullable(cursor).map(GroupsResource::place);
    return Response.ok(
            GroupPageResponse.of(
                listGroups.list(actor(), after, Asked.limit(limit, Limits.PAGE_MAX))))
        .build();
  }

  private String actor() {
    return request.require().principal().id();
  }

  /** A path that names no possible group is a group that does not exist. */
  static UuidV7 group(String id) {
    try {
      return new UuidV7(id);
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.A2A_GROUP_NOT_FOUND, "not a group id", e);
    }
  }

  private static UuidV7 place(String cursor) {
    try {
      return new UuidV7(cursor);
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.TALOS_INVALID_CURSOR, "not a group id", e);
    }
  }
}
