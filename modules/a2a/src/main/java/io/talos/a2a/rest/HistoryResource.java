package io.talos.a2a.rest;

import io.talos.a2a.ReadHistory;
import io.talos.a2a.sessions.Limits;
import io.talos.runtime.request.CurrentRequest;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code /a2a/sessions/{id}/events}: a session's history. */
@Path("/a2a/sessions/{id}/events")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class HistoryResource {
  private final ReadHistory readHistory;
  private final CurrentRequest request;

  /** Delegates to the operation. */
  @Inject
  public HistoryResource(ReadHistory readHistory, CurrentRequest request) {
    this.readHistory = readHistory;
    this.request = request;
  }

  /** Shows the history to a participant. */
  @GET
  public Response read(
      @PathParam("id") String id,
      @QueryParam("from") @DefaultValue("0") String from,
      @QueryParam("limit") @DefaultValue("" + Limits.EVENTS_PAGE_MAX) String limit) {
    long first = Asked.number(from, 0, Limits.COUNTER_MAX);
    int most = Asked.limit(limit, Limits.EVENTS_PAGE_MAX);
    return readHistory
        .read(SessionsResource.session(id), request.require().principal().id(), first, most)
        .match(
            events -> Response.ok(SessionEventsResponse.of(events)).build(),
            code -> Problem.of(code).response());
  }
}
