package io.talos.audit.rest;

import io.talos.audit.ProveEvent;
import io.talos.audit.ReadEvents;
import io.talos.audit.tree.Limits;
import io.talos.contracts.audit.EventCursor;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.ProofBundle;
import io.talos.contracts.principal.Principal;
import io.talos.runtime.request.CurrentRequest;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code /audit/events}: events and their proofs. Events are given out as they were hashed. */
@Path("/audit/events")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class AuditEventsResource {
  private static final String TLOG_PROOF = "tlog-proof";
  private static final String TEXT = "text/plain; charset=utf-8";
  private static final int PAGE = 100;
  private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,15}");

  private final ReadEvents readEvents;
  private final ProveEvent proveEvent;
  private final CurrentRequest current;

  /** Delegates to the operations. */
  @Inject
  public AuditEventsResource(ReadEvents readEvents, ProveEvent proveEvent, CurrentRequest current) {
    this.readEvents = readEvents;
    this.proveEvent = proveEvent;
    this.current = current;
  }

  /** Events, newest first. */
  @GET
  public Response list(@Context UriInfo uri) {
    Asked asked = Asked.of(uri, EventFilter.NAMES, "cursor", "limit");
    return readEvents
        .list(
            asked.filter(),
            asked.text("cursor").map(EventCursor::parse),
            asked.number("limit", 1, Limits.PAGE_MAX, PAGE),
            caller())
        .match(page -> ok(page(page)), code -> Problem.of(code).response());
  }

  /** One event. */
  @GET
  @Path("{id}")
  public Response get(@PathParam("id") String id) {
    return withEvent(
        id,
        event ->
            readEvents
                .find(event, caller())
                .match(view -> ok(json(view)), code -> Problem.of(code).response()));
  }

  /** Everything that proves the event offline. */
  @GET
  @Path("{id}/bundle")
  public Response bundle(@PathParam("id") String id, @QueryParam("since") @Nullable String since) {
    if (since != null && !SIZE.matcher(since).matches()) {
      return Problem.of(ErrorCode.TALOS_INVALID_INPUT).response();
    }
    return withEvent(
        id,
        event ->
            proveEvent
                .prove(event, Optional.ofNullable(since).map(Long::valueOf), caller())
                .match(bundle -> ok(bundle.json()), code -> Problem.of(code).response()));
  }

  /**
   * Where the event lies in the log, without the event: in JSON, or in the text form of C2SP
   * tlog-proof.
   */
  @GET
  @Path("{id}/proof")
  @Produces({MediaType.APPLICATION_JSON, MediaType.TEXT_PLAIN})
  public Response proof(@PathParam("id") String id, @QueryParam("format") @Nullable String format) {
    if (format != null && !format.equals(TLOG_PROOF)) {
      return Problem.of(ErrorCode.TALOS_INVALID_INPUT).response();
    }
    return withEvent(
        id,
        event ->
            proveEvent
                .prove(event, Optional.empty(), caller())
                .match(
                    bundle ->
                        format == null ? ok(proof(bundle)) : ok(bundle.tlogProof().text(), TEXT),
                    code -> Problem.of(code).response()));
  }

  private Principal caller() {
    return current.require().principal();
  }

  /** An id that is none names no event. */
  private static Response withEvent(String id, Function<UuidV7, Response> answer) {
    UuidV7 event;
    try {
      event = new UuidV7(id);
    } catch (TalosException e) {
      return Problem.of(ErrorCode.AUDIT_EVENT_NOT_FOUND).response();
    }
    return answer.apply(event);
  }

  private static Response ok(JsonObject json) {
    return ok(json.toString(), MediaType.APPLICATION_JSON);
  }

  private static Response ok(String body, String type) {
    return Response.ok(body, type).header("Cache-Control", "no-store").build();
  }

  private static JsonObject page(ReadEvents.Page page) {
    JsonArrayBuilder events = Json.createArrayBuilder();
    page.events().forEach(events::add);
    JsonObjectBuilder json = Json.createObjectBuilder().add("events", events);
    page.next().ifPresent(cursor -> json.add("next_cursor", cursor.text()));
    return json.build();
  }

  private static JsonObject json(ReadEvents.View view) {
    JsonObjectBuilder json = Json.createObjectBuilder().add("event", view.event());
    if (!view.openings().isEmpty()) {
      JsonObjectBuilder openings = Json.createObjectBuilder();
      view.openings()
          .forEach(
              (name, opening) ->
                  openings.add(
                      name,
                      Json.createObjectBuilder()
                          .add("value", opening.value())
                          .add("salt", Base64Url.encode(opening.salt()))));
      json.add("openings", openings);
    }
    if (!view.erased().isEmpty()) {
      json.add("erased", ErasedJson.of(view.erased()));
    }
    return json.build();
  }

  private static JsonObject proof(ProofBundle bundle) {
    JsonObject whole = bundle.json();
    return Json.createObjectBuilder()
        .add("leaf", whole.get("leaf"))
        .add("inclusion", whole.get("inclusion"))
        .add("checkpoint", whole.get("checkpoint"))
        .build();
  }
}
