package io.talos.identity.rest;

import io.talos.contracts.did.Did;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.json.Json;
import io.talos.identity.ResolveDid;
import io.talos.identity.agents.Agent;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
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

  /** Delegates to the operation. */
  @Inject
  public DidResource(ResolveDid resolveDid) {
    this.resolveDid = resolveDid;
  }

  /** Resolves a DID in the form that the {@code Accept} header prefers. */
  @GET
  @Path("{did}")
  public Response resolve(@PathParam("did") String did, @Context HttpHeaders headers) {
    Optional<DidMedia> media = DidMedia.best(headers.getAcceptableMediaTypes());
    if (media.isEmpty()) {
      return Problem.of(ErrorCode.NOT_ACCEPTABLE).response();
    }
    return resolveDid
        .resolve(Did.parse(did))
        .match(found -> resolved(found, media.get()), code -> Problem.of(code).response());
  }

  private static Response resolved(ResolveDid.Resolution found, DidMedia media) {
    JsonObject document = found.document().toJson();
    JsonObject body = media == DidMedia.DOCUMENT ? document : result(document, found.agent());
    return Response.ok(body.toString().getBytes(StandardCharsets.UTF_8))
        .header(HttpHeaders.CONTENT_TYPE, media.contentType())
        .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
        .build();
  }

  private static JsonObject result(JsonObject document, Optional<Agent> agent) {
    JsonObjectBuilder metadata = Json.createObjectBuilder();
    agent.ifPresent(known -> metadata.add("created", seconds(known.registeredAt())));
    agent
        .flatMap(Agent::revokedAt)
        .ifPresent(at -> metadata.add("updated", seconds(at)).add("deactivated", true));
    return Json.createObjectBuilder()
        .add("@context", "https://w3id.org/did-resolution/v1")
        .add("didDocument", document)
        .add(
            "didResolutionMetadata",
            Json.createObjectBuilder().add("contentType", DidMedia.DOCUMENT.contentType()))
        .add("didDocumentMetadata", metadata)
        .build();
  }

  /** DID metadata has times without a fraction (DID Core §7.1.3). */
  private static String seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
