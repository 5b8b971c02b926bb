package io.talos.a2a.rest;

import io.talos.a2a.AcknowledgeFrames;
import io.talos.a2a.AwaitPage;
import io.talos.a2a.FetchInbox;
import io.talos.a2a.frames.Limits;
import io.talos.contracts.error.ErrorCode;
import io.talos.runtime.request.CurrentRequest;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /a2a/frames}: the caller's inbox. */
@Path("/a2a/frames")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class InboxResource {
  private final FetchInbox fetchInbox;
  private final AwaitPage awaitPage;
  private final AcknowledgeFrames acknowledgeFrames;
  private final CurrentRequest request;

  /** Delegates to the operations. */
  @Inject
  public InboxResource(
      FetchInbox fetchInbox,
      AwaitPage awaitPage,
      AcknowledgeFrames acknowledgeFrames,
      CurrentRequest request) {
    this.fetchInbox = fetchInbox;
    this.awaitPage = awaitPage;
    this.acknowledgeFrames = acknowledgeFrames;
    this.request = request;
  }

  /** Hands out the caller's frames of all sessions; waits for one when it is asked to. */
  @GET
  public void fetch(
      @Suspended AsyncResponse answer,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("" + Limits.PAGE_DEFAULT) String limit,
      @QueryParam("wait") @DefaultValue("0") String wait) {
    String reader = actor();
    int most = Asked.limit(limit, Limits.PAGE_MAX);
    awaitPage.await(
        reader,
        Asked.wait(wait),
        from -> fetchInbox.fetch(reader, from, most),
        Optional.ofNullable(cursor),
        PageAnswer.json(answer, FramePageResponse::ofInbox));
  }

  /**
   * The same as server-sent events: answers with the next page of frames as soon as there is one,
   * and ends. {@code Last-Event-ID} is the cursor to go on from.
   */
  @GET
  @Path("stream")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void stream(
      @Suspended AsyncResponse answer,
      @HeaderParam("Last-Event-ID") @Nullable String lastEventId,
      @QueryParam("limit") @DefaultValue("" + Limits.PAGE_DEFAULT) String limit,
      @QueryParam("wait") @DefaultValue("30") String wait) {
    String reader = actor();
    int most = Asked.limit(limit, Limits.PAGE_MAX);
    awaitPage.await(
        reader,
        Asked.wait(wait),
        from -> fetchInbox.fetch(reader, from, most),
        Optional.ofNullable(lastEventId),
        new PageAnswer<>(answer, FrameEvents::of, MediaType.SERVER_SENT_EVENTS));
  }

  /** Acknowledges everything up to a cursor. */
  @POST
  @Path("ack")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response acknowledge(FrameAckRequest body) {
    return acknowledgeFrames
        .acknowledge(actor(), body.cursor())
        .match(cursor -> Response.ok(new FrameAckResponse(cursor)).build(), InboxResource::refuse);
  }

  private String actor() {
    return request.require().principal().id();
  }

  private static Response refuse(ErrorCode code) {
    return Problem.of(code).response();
  }
}
