package io.talos.audit.rest;

import io.talos.audit.RotateLogKey;
import io.talos.contracts.json.Json;
import io.talos.contracts.log.LogKeys;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** {@code /audit/log-keys}: the keys that sign the log, for operators who change them. */
@Path("/audit/log-keys")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class LogKeysResource {
  private final RotateLogKey rotateLogKey;

  /** Delegates to the operation. */
  @Inject
  public LogKeysResource(RotateLogKey rotateLogKey) {
    this.rotateLogKey = rotateLogKey;
  }

  /** Adds a key. */
  @POST
  public Response add() {
    return rotateLogKey
        .add()
        .match(
            added -> Response.status(Response.Status.CREATED).entity(json(added)).build(),
            code -> Problem.of(code).response());
  }

  /** Retires a key. */
  @DELETE
  @Path("{key}")
  public Response retire(@PathParam("key") String id) {
    return rotateLogKey
        .retire(id)
        .match(retired -> Response.ok(json(retired)).build(), code -> Problem.of(code).response());
  }

  private static JsonObject json(RotateLogKey.Changed changed) {
    return Json.createObjectBuilder()
        .add("key_id", changed.key().id().hex())
        .add(LogKeys.KEY, changed.key().vkey())
        .add(LogKeys.BESIDE, changed.beside().vkey())
        .add("size", changed.size())
        .add("event_id", changed.event().text())
        .build();
  }
}
