package io.talos.a2a.rest;

import io.talos.a2a.AwaitPage;
import io.talos.a2a.FetchGroupEntries;
import io.talos.a2a.GroupQueue;
import io.talos.a2a.SendGroupMessage;
import io.talos.a2a.groups.Limits;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.id.UuidV7;
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
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
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
  private final AwaitPage awaitPage;
  private final GroupQueue queue;
  private final CurrentRequest request;

  /** Delegates to the operations. */
  @Inject
  public GroupMessagesResource(
      SendGroupMessage sendMessage,
      FetchGroupEntries fetchEntries,
      AwaitPage awaitPage,
      GroupQueue queue,
      CurrentRequest request) {
    this.sendMessage = sendMessage;
    this.fetchEntries = fetchEntries;
    this.awaitPage = awaitPage;
    this.queue = queue;
    this.request = request;
  }

  /** Sends a message. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response send(@PathParam("id") String id, GroupMessageRequest body) {
    UuidV7 group = GroupsResource.group(id);
    Bytes message = Base64Url.decode(body.message());
    return queue
        .inTurn(group, actor(), () -> sendMessage.send(group, actor(), body.epoch(), message))
        .match(entry -> GroupResource.created(GroupEntryReceipt.of(entry)), GroupResource::refuse);
  }

  /** Hands out entries, and waits for one when there is none and it is asked to. */
  @GET
  public void fetch(
      @Suspended AsyncResponse answer,
      @PathParam("id") String id,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("" + Limits.PAGE_DEFAULT) String limit,
      @QueryParam("wait") @DefaultValue("0") String wait) {
    String reader = actor();
    UuidV7 group = GroupsResource.group(id);
    int most = Asked.limit(limit, Limits.PAGE_MAX);
    awaitPage.await(
        reader,
        Asked.wait(wait),
        from -> fetchEntries.fetch(group, reader, from, most),
        Optional.ofNullable(cursor),
        PageAnswer.json(answer, GroupEntryPageResponse::of));
  }

  private String actor() {
    return request.require().principal().id();
  }
}
