package io.talos.audit.rest;

import io.talos.audit.ReadAnchors;
import io.talos.audit.anchors.Limits;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.json.Json;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** {@code /audit/blocks}: the chain over the log's checkpoints. */
@Path("/audit/blocks")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class BlocksResource {
  private final ReadAnchors readAnchors;

  /** Delegates to the operation. */
  @Inject
  public BlocksResource(ReadAnchors readAnchors) {
    this.readAnchors = readAnchors;
  }

  /** Blocks, the highest first. */
  @GET
  public Response list(
      @QueryParam("before") @Nullable String before,
      @QueryParam("limit") @DefaultValue("20") String limit) {
    if (!Numbers.isPage(before, limit, Limits.PAGE_MAX)) {
      return Problem.of(ErrorCode.TALOS_INVALID_INPUT).response();
    }
    JsonArrayBuilder array = Json.createArrayBuilder();
    readAnchors
        .blocks(Numbers.optional(before), Integer.parseInt(limit))
        .forEach(block -> array.add(block.json()));
    return ok(Json.createObjectBuilder().add("blocks", array).build(), "public, max-age=1");
  }

  /** One block; it never changes. */
  @GET
  @Path("{height}")
  public Response get(@PathParam("height") String height) {
    if (!Numbers.isWhole(height)) {
      return Problem.of(ErrorCode.BLOCK_NOT_FOUND).response();
    }
    return readAnchors
        .block(Long.parseLong(height))
        .match(
            block -> ok(block.json(), "public, max-age=31536000, immutable"),
            code -> Problem.of(code).response());
  }

  private static Response ok(JsonObject json, String caching) {
    return Response.ok(json.toString(), MediaType.APPLICATION_JSON_TYPE)
        .header("Cache-Control", caching)
        .build();
  }
}
