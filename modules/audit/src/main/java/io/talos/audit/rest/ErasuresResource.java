package io.talos.audit.rest;

import io.talos.audit.EraseMembers;
import io.talos.audit.erasure.ErasureReason;
import io.talos.audit.erasure.ErasureTarget;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.json.Json;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObjectBuilder;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** {@code /audit/erasures}: the end of personal members. */
@Path("/audit/erasures")
@Dependent
@Produces(MediaType.APPLICATION_JSON)
public class ErasuresResource {
  private final EraseMembers eraseMembers;

  /** Delegates to the operation. */
  @Inject
  public ErasuresResource(EraseMembers eraseMembers) {
    this.eraseMembers = eraseMembers;
  }

  /** Erases the personal members of an event or of somebody's events. */
  @POST
  @Consumes(MediaType.APPLICATION_JSON)
  public Response erase(ErasureRequest request) {
    ErasureTarget target = request.target();
    return ErasureReason.ofWire(request.reason())
        .map(
            reason ->
                eraseMembers
                    .erase(target, reason, Optional.ofNullable(request.reference()))
                    .match(done -> answer(target, done), code -> Problem.of(code).response()))
        .orElseGet(() -> Problem.at(ErrorCode.TALOS_INVALID_INPUT, "/reason").response());
  }

  private static Response answer(ErasureTarget target, EraseMembers.Done done) {
    JsonObjectBuilder json =
        Json.createObjectBuilder().add("members", done.members().size()).add("more", done.more());
    done.members().stream()
        .findFirst()
        .ifPresent(member -> json.add("erasure_id", member.erasure().id().text()));
    if (target instanceof ErasureTarget.OfEvent) {
      json.add("erased", ErasedJson.of(done.ever()));
    }
    return Response.ok(json.build().toString(), MediaType.APPLICATION_JSON).build();
  }
}
