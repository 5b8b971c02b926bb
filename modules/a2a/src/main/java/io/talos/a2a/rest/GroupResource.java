package io.talos.a2a.rest;

import io.talos.a2a.CloseGroup;
import io.talos.a2a.CommitToGroup;
import io.talos.a2a.GroupQueue;
import io.talos.a2a.HandOverGroup;
import io.talos.a2a.InviteToGroup;
import io.talos.a2a.Outcome;
import io.talos.a2a.ProposeLeave;
import io.talos.a2a.ReadGroup;
import io.talos.a2a.ReadGroupHistory;
import io.talos.a2a.ReadGroupInfo;
import io.talos.a2a.groups.Commit;
import io.talos.a2a.groups.Limits;
import io.talos.a2a.groups.Roster;
import io.talos.contracts.Bytes;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.time.WireTime;
import io.talos.runtime.request.CurrentRequest;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /a2a/groups/{id}}: one group, and how it changes. */
@Path("/a2a/groups/{id}")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class GroupResource {
  private final ReadGroup readGroup;
  private final HandOverGroup handOverGroup;
  private final CloseGroup closeGroup;
  private final ReadGroupHistory readHistory;
  private final CommitToGroup commitToGroup;
  private final ProposeLeave proposeLeave;
  private final InviteToGroup inviteToGroup;
  private final ReadGroupInfo readInfo;
  private final GroupQueue queue;
  private final CurrentRequest request;

  /** Delegates to the operations. */
  @Inject
  public GroupResource(
      ReadGroup readGroup,
      HandOverGroup handOverGroup,
      CloseGroup closeGroup,
      ReadGroupHistory readHistory,
      CommitToGroup commitToGroup,
      ProposeLeave proposeLeave,
      InviteToGroup inviteToGroup,
      ReadGroupInfo readInfo,
      GroupQueue queue,
      CurrentRequest request) {
    this.readGroup = readGroup;
    this.handOverGroup = handOverGroup;
    this.closeGroup = closeGroup;
    this.readHistory = readHistory;
    this.commitToGroup = commitToGroup;
    this.proposeLeave = proposeLeave;
    this.inviteToGroup = inviteToGroup;
    this.readInfo = readInfo;
    this.queue = queue;
    this.request = request;
  }

  /** Shows the group to a member. */
  @GET
  public Response read(@PathParam("id") String id) {
    return answer(readGroup.read(GroupsResource.group(id), actor()));
  }

  /** Closes the group. */
  @DELETE
  public Response close(@PathParam("id") String id) {
    UuidV7 group = GroupsResource.group(id);
    return answer(queue.inTurn(group, actor(), () -> closeGroup.close(group, actor())));
  }

  /** Hands the group over. */
  @PUT
  @Path("owner")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response handOver(@PathParam("id") String id, GroupOwnerRequest body) {
    UuidV7 group = GroupsResource.group(id);
    return answer(
        queue.inTurn(group, actor(), () -> handOverGroup.handOver(group, actor(), body.agentId())));
  }

  /** Shows the group's history to a member. */
  @GET
  @Path("events")
  public Response history(
      @PathParam("id") String id,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("" + Limits.PAGE_DEFAULT) String limit) {
    return readHistory
        .read(
            GroupsResource.group(id),
            actor(),
            Optional.ofNullable(cursor),
            Asked.limit(limit, Limits.PAGE_MAX))
        .match(page -> Response.ok(GroupEventPageResponse.of(page)).build(), GroupResource::refuse);
  }

  /** Moves the group to its next epoch. */
  @POST
  @Path("commits")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response commit(@PathParam("id") String id, GroupCommitRequest body) {
    UuidV7 group = GroupsResource.group(id);
    Commit commit = body.read();
    return queue
        .inTurn(group, actor(), () -> commitToGroup.commit(group, actor(), commit))
        .match(entry -> created(GroupEntryReceipt.of(entry)), GroupResource::refuse);
  }

  /** Asks to leave. */
  @POST
  @Path("proposals")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response propose(@PathParam("id") String id, GroupProposalRequest body) {
    UuidV7 group = GroupsResource.group(id);
    Bytes proposal = Base64Url.decode(body.proposal());
    return queue
        .inTurn(group, actor(), () -> proposeLeave.propose(group, actor(), body.epoch(), proposal))
        .match(entry -> created(GroupEntryReceipt.of(entry)), GroupResource::refuse);
  }

  /** Lets an agent join. */
  @POST
  @Path("invitations")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response invite(@PathParam("id") String id, GroupInviteRequest body) {
    UuidV7 group = GroupsResource.group(id);
    Optional<Instant> end = Optional.ofNullable(body.expiresAt()).map(WireTime::parse);
    return queue
        .inTurn(group, actor(), () -> inviteToGroup.invite(group, actor(), body.agentId(), end))
        .match(
            invitation -> created(GroupInvitationResponse.of(invitation)), GroupResource::refuse);
  }

  /** Gives what an external commit is made from. */
  @GET
  @Path("group-info")
  public Response info(@PathParam("id") String id) {
    UuidV7 group = GroupsResource.group(id);
    return readInfo
        .read(group, actor())
        .match(
            info -> Response.ok(GroupInfoResponse.of(group, info)).build(), GroupResource::refuse);
  }

  private String actor() {
    return request.require().principal().id();
  }

  private static Response answer(Outcome<Roster> outcome) {
    return outcome.match(
        roster -> Response.ok(GroupResponse.of(roster)).build(), GroupResource::refuse);
  }

  static Response created(Object body) {
    return Response.status(Response.Status.CREATED).entity(body).build();
  }

  static Response refuse(ErrorCode code) {
    return Problem.of(code).response();
  }
}
