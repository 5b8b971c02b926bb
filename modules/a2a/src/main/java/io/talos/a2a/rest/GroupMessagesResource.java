package io.talos.a2a.rest;

import io.talos.a2a.FetchGroupEntries;
import io.talos.a2a.SendGroupMessage;
import io.talos.a2a.groups.Limits;
import io.talos.contracts.codec.Base64Url;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /a2a/groups/{id}/messages}: send and fetch. */
@Path("/a2a/groups/{id}/messages")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class GroupMessagesResource {
  private final SendGroupMessage sendMessage;
  private final FetchGroupEntries fetchEntries;
  private final CurrentRequest request;

  /** Delegates to the operations. */
  @Inject
  public GroupMessagesResource(
      SendGroupMessage sendMessage, FetchGroupEntries fetchEntries, CurrentRequest request) {
    this.sendMessage = sendMessage;
    this.fetchEntries = fetchEntries;
    this.request = request;
  }

  /** Sends a message. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response send(@PathParam("id") String id, GroupMessageRequest body) {
    return sendMessage
        .send(GroupsResource.group(id), actor(), body.epoch(), Base64Url.decode(body.message()))
        .match(entry -> GroupResource.created(GroupEntryReceipt.of(entry)), GroupResource::refuse);
  }

  /** Hands out entries. */
  @GET
  public Response fetch(
      @PathParam("id") String id,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("" + Limits.PAGE_DEFAULT) String limit) {
    return fetchEntries
        .fetch(
            GroupsResource.group(id),
            actor(),
            Optional.ofNullable(cursor),
            GroupsResource.limit(limit))
        .match(page -> Response.ok(GroupEntryPageResponse.of(page)).build(), GroupResource::refuse);
  }

  private String actor() {
    return request.require().principal().id();
  }
}
