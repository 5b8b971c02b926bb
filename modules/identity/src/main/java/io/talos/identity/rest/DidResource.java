package io.talos.identity.rest;

import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Json;
import io.talos.identity.Outcome;
import io.talos.identity.ResolveDid;
import io.talos.identity.agents.Agent;
import io.talos.runtime.request.CurrentRequest;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** {@code /1.0/identifiers}: resolves DIDs for everybody. */
@Path("/1.0/identifiers")
@Dependent
public class DidResource {
  private final ResolveDid resolveDid;
  private final CurrentRequest request;

  /** Delegates to the operation. */
  @Inject
  public DidResource(ResolveDid resolveDid, CurrentRequest request) {
    this.resolveDid = resolveDid;
    this.request = request;
  }

  /** Resolves a DID in the form that the {@code Accept} header prefers. */
  @GET
  @Path("{did}")
  public Response resolve(@PathParam("did") String did, @Context HttpHeaders headers) {
    Optional<DidMedia> media = DidMedia.best(headers.getAcceptableMediaTypes());
    if (media.isEmpty()) {
      return Problem.of(ErrorCode.NOT_ACCEPTABLE).response();
    }
    return resolved(did)
        .match(
            found -> found(found, media.get()),
            code ->
                media.get().isResult() ? failed(code, media.get()) : Problem.of(code).response());
  }

  /** A text that is no DID is one more way in which a resolution fails. */
  private Outcome<ResolveDid.Resolution> resolved(String did) {
    try {
      return resolveDid.resolve(Did.parse(did), request.require().clientAddress());
    } catch (TalosException e) {
      return Outcome.refused(e.code());
    }
  }

  private static Response found(ResolveDid.Resolution found, DidMedia media) {
    JsonObjectBuilder metadata = Json.createObjectBuilder();
    found.agent().ifPresent(known -> metadata.add("created", seconds(known.registeredAt())));
    Optional<Instant> end = found.agent().flatMap(Agent::revokedAt);
    end.ifPresent(at -> metadata.add("updated", seconds(at)).add("deactivated", true));
    JsonObject body =
        media.isResult()
            ? result(
                    Json.createObjectBuilder().add("contentType", DidMedia.DOCUMENT.contentType()),
                    metadata)
                .add("didDocument", found.document())
                .build()
            : found.document();
    return response(end.isPresent() ? Response.Status.GONE.getStatusCode() : 200, body, media);
  }

  private static Response failed(ErrorCode code, DidMedia media) {
    DidResolutionError error = DidResolutionError.of(code);
    JsonObject body =
        result(
                Json.createObjectBuilder().add("error", error.word()).add("code", code.name()),
                Json.createObjectBuilder())
            .add("didDocument", JsonValue.NULL)
            .build();
    return response(error.status(), body, media);
  }

  private static JsonObjectBuilder result(
      JsonObjectBuilder resolution, JsonObjectBuilder document) {
    return Json.createObjectBuilder()
        .add("@context", "https://w3id.org/did-resolution/v1")
        .add("didResolutionMetadata", resolution)
        .add("didDocumentMetadata", document);
  }

  private static Response response(int status, JsonObject body, DidMedia media) {
    return Response.status(status)
        .entity(body.toString().getBytes(StandardCharsets.UTF_8))
        .header(HttpHeaders.CONTENT_TYPE, media.contentType())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  /** DID metadata has times without a fraction (DID Core §7.1.3). */
  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
