package io.talos.audit.rest;

import io.talos.audit.ServeLog;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.Checkpoint;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code /audit/logs}: which logs there are, and the files of those that followed a stopped one.
 *
 * <p>Source: contracts/schemas/audit/log_list.v1; C2SP tlog-tiles, "APIs".
 */
@Path("/audit/logs")
@Dependent
public class AuditLogsResource {
  private final ServeLog serveLog;
  private final LogFiles files;

  /** Delegates to the operation. */
  @Inject
  public AuditLogsResource(ServeLog serveLog) {
    this.serveLog = serveLog;
    this.files = new LogFiles(serveLog);
  }

  /** The logs, the one that is written first. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public Response list() {
    JsonArrayBuilder logs = Json.createArrayBuilder();
    serveLog.logs().forEach(log -> logs.add(json(log)));
    JsonObject body =
        Json.createObjectBuilder()
            .add("schema_id", "talos.log_list")
            .add("schema_version", "v1")
            .add("logs", logs)
            .build();
    return Response.ok(body).header("Cache-Control", LogFiles.BRIEFLY).build();
  }

  private static JsonObjectBuilder json(ServeLog.Served served) {
    JsonArrayBuilder keys = Json.createArrayBuilder();
    served.keys().forEach(told -> keys.add(json(told)));
    JsonArrayBuilder losses = Json.createArrayBuilder();
    served.losses().forEach(told -> losses.add(json(told)));
    return Json.createObjectBuilder()
        .add("origin", served.log().origin())
        .add("vkey", served.log().key().vkey())
        .add("keys", keys)
        .add("path", served.path())
        .add("size", served.newest().checkpoint().size())
        .add("losses", losses);
  }

  private static JsonObjectBuilder json(ServeLog.ToldKey told) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("vkey", told.period().key().vkey())
            .add("from", told.period().begin());
    told.period().end().ifPresent(end -> json.add("to", end));
    told.proof().ifPresent(proof -> json.add("proof", proof.json()));
    return json;
  }

  private static JsonObjectBuilder json(ServeLog.Told told) {
    Checkpoint lost = told.loss().lost().checkpoint();
    return Json.createObjectBuilder()
        .add("origin", lost.origin())
        .add("from", told.loss().surviving())
        .add("to", lost.size())
        .add("checkpoint", told.loss().lost().note().encoded())
        .add("event", told.event());
  }

  /** The newest checkpoint of a log, a signed note. */
  @GET
  @Path("{log}/checkpoint")
  public Response checkpoint(@Context HttpHeaders request, @PathParam("log") String log) {
    return files.checkpoint(request, Optional.of(log));
  }

  /** The key that verifies the log's checkpoints, as a {@code vkey} line. */
  @GET
  @Path("{log}/key")
  public Response key(@Context HttpHeaders request, @PathParam("log") String log) {
    return files.key(request, Optional.of(log));
  }

  /** A tile of hashes, or an entry bundle, of a log. */
  @GET
  @Path("{log}/tile/{tile:.+}")
  public Response tile(
      @Context HttpHeaders request,
      @HeaderParam("Accept-Encoding") @Nullable String encodings,
      @PathParam("log") String log,
      @PathParam("tile") String path) {
    return files.tile(request, AcceptedEncoding.of(encodings), Optional.of(log), path);
  }
}
