package io.talos.audit.rest;

import io.talos.audit.ReadAnchors;
import io.talos.audit.anchors.Epoch;
import io.talos.audit.anchors.Limits;
import io.talos.contracts.audit.EventFilter;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.anchor.AnchorKind;
import io.talos.contracts.time.WireTime;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /audit/anchors}: what stands outside of the log for its checkpoints. */
@Path("/audit/anchors")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class AnchorsResource {
  private final ReadAnchors readAnchors;

  /** Delegates to the operation. */
  @Inject
  public AnchorsResource(ReadAnchors readAnchors) {
    this.readAnchors = readAnchors;
  }

  /** Which checkpoints are anchored, the largest first. */
  @GET
  public Response list(
      @QueryParam("origin") @Nullable String origin,
      @QueryParam("before") @Nullable String before,
      @QueryParam("limit") @DefaultValue("20") String limit) {
    if (!Numbers.isPage(before, limit, Limits.PAGE_MAX) || !isUsable(origin)) {
      return Problem.of(ErrorCode.TALOS_INVALID_INPUT).response();
    }
    List<Epoch> epochs =
        readAnchors.epochs(
            Optional.ofNullable(origin), Numbers.optional(before), Integer.parseInt(limit));
    JsonArrayBuilder array = Json.createArrayBuilder();
    epochs.forEach(epoch -> array.add(json(epoch)));
    return ok(Json.createObjectBuilder().add("checkpoints", array).build());
  }

  /** One checkpoint, as the log signed it, with all that anchors it. */
  @GET
  @Path("{size}")
  public Response get(
      @PathParam("size") String size, @QueryParam("origin") @Nullable String origin) {
    if (!Numbers.isWhole(size) || !isUsable(origin)) {
      return Problem.of(ErrorCode.ANCHOR_NOT_FOUND).response();
    }
    return readAnchors
        .anchored(Optional.ofNullable(origin), Long.parseLong(size))
        .match(anchored -> ok(json(anchored)), code -> Problem.of(code).response());
  }

  /** Whether the database can be asked for it: it knows no U+0000. */
  static boolean isUsable(@Nullable String origin) {
    return origin == null
        || (origin.length() <= EventFilter.CHARACTERS_MAX && origin.indexOf('\0') < 0);
  }

  private static JsonObjectBuilder json(Epoch epoch) {
    JsonArrayBuilder pending = Json.createArrayBuilder();
    epoch.pending().stream().map(AnchorKind::wire).forEach(pending::add);
    return Json.createObjectBuilder()
        .add("size", epoch.size())
        .add("opened_at", WireTime.format(epoch.openedAt()))
        .add("pending", pending);
  }

  private static JsonObject json(ReadAnchors.Anchored anchored) {
    JsonArrayBuilder anchors = Json.createArrayBuilder();
    anchored.anchors().forEach(anchor -> anchors.add(anchor.json()));
    return json(anchored.epoch())
        .add("origin", anchored.origin())
        .add("checkpoint", anchored.note())
        .add("anchors", anchors)
        .build();
  }

  private static Response ok(JsonObject json) {
    return Response.ok(json.toString(), MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", "public, max-age=1")
        .build();
  }
}
