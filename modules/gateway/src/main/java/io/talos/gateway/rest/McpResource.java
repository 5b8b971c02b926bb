package io.talos.gateway.rest;

import io.talos.contracts.Bytes;
import io.talos.gateway.ForwardMcp;
import io.talos.gateway.chain.CurrentOutcome;
import io.talos.gateway.mcp.McpOutcome;
import io.talos.gateway.mcp.Upstream;
import io.talos.runtime.request.CurrentRequest;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** MCP servers, spoken to through the gateway (streamable HTTP). */
@Path("/mcp/{server}")
@Dependent
public class McpResource {
  private static final String SESSION = "Mcp-Session-Id";
  private static final String VERSION = "MCP-Protocol-Version";
  private static final Set<String> CONTENT_TYPES =
      Set.of(MediaType.APPLICATION_JSON, MediaType.SERVER_SENT_EVENTS);

  private final ForwardMcp forward;
  private final CurrentRequest current;
  private final CurrentOutcome outcome;

  @Inject
  public McpResource(ForwardMcp forward, CurrentRequest current, CurrentOutcome outcome) {
    this.forward = forward;
    this.current = current;
    this.outcome = outcome;
  }

  /** Sends one JSON-RPC message. */
  @POST
  public Response send(
      @PathParam("server") String server,
      @HeaderParam(SESSION) @Nullable String session,
      @HeaderParam(VERSION) @Nullable String version,
      byte[] body) {
    return exchange("POST", server, session, version, Bytes.of(body));
  }

  /** Ends a session. */
  @DELETE
  public Response end(
      @PathParam("server") String server,
      @HeaderParam(SESSION) @Nullable String session,
      @HeaderParam(VERSION) @Nullable String version) {
    return exchange("DELETE", server, session, version, Bytes.empty());
  }

  private Response exchange(
      String method,
      String server,
      @Nullable String session,
      @Nullable String version,
      Bytes body) {
    String agent = current.require().principal().id();
    Upstream.Answer answer =
        forward.forward(
            new ForwardMcp.Message(
                method,
                agent,
                server,
                body,
                Optional.ofNullable(session),
                Optional.ofNullable(version)));
    outcome.forwarded(new McpOutcome(answer.status(), answer.body()));
    Response.ResponseBuilder response = Response.status(answer.status());
    answer.sessionId().ifPresent(id -> response.header(SESSION, id));
    if (!answer.body().isEmpty()) {
      response.type(contentType(answer.contentType())).entity(answer.body().toArray());
    }
    return response.build();
  }

  /** Never lets an upstream choose a type that a browser would run. */
  private static String contentType(String upstream) {
    int end = upstream.indexOf(';');
    String type = (end < 0 ? upstream : upstream.substring(0, end)).trim();
    return CONTENT_TYPES.contains(type) ? type : MediaType.APPLICATION_OCTET_STREAM;
  }
}
