package io.talos.a2a.rest;

import io.talos.a2a.AwaitPage;
import io.talos.a2a.FetchFrames;
import io.talos.a2a.SendFrame;
import io.talos.a2a.frames.Limits;
import io.talos.contracts.channel.UnverifiedFrame;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.runtime.request.CurrentRequest;
import io.talos.runtime.rest.Problem;
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

/** {@code /a2a/sessions/{id}/frames}: send and fetch. */
@Path("/a2a/sessions/{id}/frames")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class FramesResource {
  private final SendFrame sendFrame;
  private final FetchFrames fetchFrames;
  private final AwaitPage awaitPage;
  private final CurrentRequest request;

  /** Delegates to the operations. */
  @Inject
  public FramesResource(
      SendFrame sendFrame, FetchFrames fetchFrames, AwaitPage awaitPage, CurrentRequest request) {
    this.sendFrame = sendFrame;
    this.fetchFrames = fetchFrames;
    this.awaitPage = awaitPage;
    this.request = request;
  }

  /** Takes a frame. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response send(@PathParam("id") String id, FrameSendRequest body) {
    return sendFrame
        .send(SessionsResource.session(id), actor(), UnverifiedFrame.fromJson(body.frame()))
        .match(
            stored ->
                Response.status(Response.Status.CREATED)
                    .entity(FrameSentResponse.of(stored))
                    .build(),
            FramesResource::refuse);
  }

  /** Hands out the caller's frames, and waits for one when there is none and it is asked to. */
  @GET
  public void fetch(
      @Suspended AsyncResponse answer,
      @PathParam("id") String id,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("" + Limits.PAGE_DEFAULT) String limit,
      @QueryParam("wait") @DefaultValue("0") String wait) {
    String reader = actor();
    UuidV7 session = SessionsResource.session(id);
    int most = Asked.limit(limit, Limits.PAGE_MAX);
    awaitPage.await(
        reader,
        Asked.wait(wait),
        from -> fetchFrames.fetch(session, reader, from, most),
        Optional.ofNullable(cursor),
        PageAnswer.json(answer, FramePageResponse::of));
  }

  private String actor() {
    return request.require().principal().id();
  }

  private static Response refuse(ErrorCode code) {
    return Problem.of(code).response();
  }
}
