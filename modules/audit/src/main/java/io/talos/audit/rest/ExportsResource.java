package io.talos.audit.rest;

import io.talos.audit.ExportEvents;
import io.talos.audit.Reading;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.log.export.ExportFormat;
import io.talos.contracts.principal.Principal;
import io.talos.runtime.request.CurrentRequest;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** {@code /audit/exports}: evidence to take away. The parts' bodies, one after another, are it. */
@Path("/audit/exports")
@Dependent
public class ExportsResource {
  private static final String NEXT = "Talos-Next-Cursor";

  private final ExportEvents exportEvents;
  private final CurrentRequest current;
  private final InstantSource clock;

  /** Delegates to the operation. */
  @Inject
  public ExportsResource(ExportEvents exportEvents, CurrentRequest current, InstantSource clock) {
    this.exportEvents = exportEvents;
    this.current = current;
    this.clock = clock;
  }

  /** The first part of an export, or the one at a cursor, which says all else by itself. */
  @GET
  public Response part(@Context UriInfo uri) {
    boolean goesOn = uri.getQueryParameters().containsKey("cursor");
    Asked asked =
        goesOn ? Asked.of(uri, Set.of(), "cursor") : Asked.of(uri, EventFilter.NAMES, "format");
    Principal reader = current.require().principal();
    Optional<ExportFormat> format =
        ExportFormat.of(asked.text("format").orElse(ExportFormat.JSONL.wire()));
    if (format.isEmpty()) {
      return Problem.of(ErrorCode.TALOS_INVALID_INPUT).response();
    }
    Reading<ExportEvents.Part> reading =
        goesOn
            ? exportEvents.resume(asked.text("cursor").orElseThrow(), reader)
            : exportEvents.begin(asked.filter(), format.get(), reader, clock.instant());
    return reading.match(ExportsResource::ok, code -> Problem.of(code).response());
  }

  private static Response ok(ExportEvents.Part part) {
    Response.ResponseBuilder response =
        Response.ok(part.text().getBytes(StandardCharsets.UTF_8), part.format().mediaType())
            .header("Cache-Control", "no-store")
            .header(
                "Content-Disposition",
                "attachment; filename=\"talos-evidence." + part.format().wire() + "\"");
    part.next().ifPresent(cursor -> response.header(NEXT, cursor));
    return response.build();
  }
}
