package io.talos.a2a.rest;

import io.talos.a2a.AcceptSession;
import io.talos.a2a.CloseSession;
import io.talos.a2a.ListSessions;
import io.talos.a2a.OpenSession;
import io.talos.a2a.Outcome;
import io.talos.a2a.ReadSession;
import io.talos.a2a.RotateSession;
import io.talos.a2a.sessions.Limits;
import io.talos.a2a.sessions.Session;
import io.talos.a2a.sessions.SessionState;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.runtime.request.CurrentRequest;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
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

/** {@code /a2a/sessions}: open, list, read, accept, rotate, close. */
@Path("/a2a/sessions")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class SessionsResource {
  private final OpenSession openSession;
  private final ListSessions listSessions;
  private final ReadSession readSession;
  private final AcceptSession acceptSession;
  private final RotateSession rotateSession;
  private final CloseSession closeSession;
  private final CurrentRequest request;

  /** Delegates to the operations. */
  @Inject
  public SessionsResource(
      OpenSession openSession,
      ListSessions listSessions,
      ReadSession readSession,
      AcceptSession acceptSession,
      RotateSession rotateSession,
      CloseSession closeSession,
      CurrentRequest request) {
    this.openSession = openSession;
    this.listSessions = listSessions;
    this.readSession = readSession;
    this.acceptSession = acceptSession;
    this.rotateSession = rotateSession;
    this.closeSession = closeSession;
    this.request = request;
  }

  /** Asks another agent for a session. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response open(SessionCreateRequest body) {
    return openSession
        .open(actor(), body.request())
        .match(
            session ->
                Response.status(Response.Status.CREATED)
                    .entity(SessionResponse.of(session))
                    .build(),
            SessionsResource::refuse);
  }

  /** Lists the caller's sessions. */
  @GET
  public Response list(
      @QueryParam("state") @Nullable String state,
      @QueryParam("cursor") @Nullable String cursor,
      @QueryParam("limit") @DefaultValue("" + Limits.PAGE_DEFAULT) String limit) {
    return listSessions
        .list(
            actor(),
            Optional.ofNullable(state).map(SessionsResource::state),
            Optional.ofNullable(cursor),
            Asked.limit(limit, Limits.PAGE_MAX))
        .match(page -> Response.ok(SessionListResponse.of(page)).build(), SessionsResource::refuse);
  }

  private static SessionState state(String wire) {
    return SessionState.find(wire)
        .orElseThrow(() -> new TalosException(ErrorCode.TALOS_INVALID_INPUT, "no such state"));
  }

  /** Shows a session to a participant. */
  @GET
  @Path("{id}")
  public Response read(@PathParam("id") String id) {
    return readSession
        .read(session(id), actor())
        .match(view -> Response.ok(SessionResponse.of(view)).build(), SessionsResource::refuse);
  }

  /** Accepts a session as its responder. */
  @POST
  @Path("{id}/accept")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response accept(@PathParam("id") String id, ParkRequest body) {
    return answer(acceptSession.accept(session(id), actor(), body.parked()));
  }

  /** Records a rotation. */
  @POST
  @Path("{id}/rotate")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response rotate(@PathParam("id") String id, ParkRequest body) {
    return answer(rotateSession.rotate(session(id), actor(), body.parked()));
  }

  /** Closes a session. */
  @DELETE
  @Path("{id}")
  public Response close(@PathParam("id") String id) {
    return answer(closeSession.close(session(id), actor()));
  }

  private String actor() {
    return request.require().principal().id();
  }

  /** A path that names no possible session is a session that does not exist. */
  static UuidV7 session(String id) {
    try {
      return new UuidV7(id);
    } catch (TalosException e) {
      throw new TalosException(ErrorCode.A2A_SESSION_NOT_FOUND, "not a session id", e);
    }
  }

  private static Response answer(Outcome<Session> outcome) {
    return outcome.match(
        session -> Response.ok(SessionResponse.of(session)).build(), SessionsResource::refuse);
  }

  private static Response refuse(ErrorCode code) {
    return Problem.of(code).response();
  }
}
