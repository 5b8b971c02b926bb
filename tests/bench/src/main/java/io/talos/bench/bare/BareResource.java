package io.talos.bench.bare;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Answers what Talos answers, without asking who wants to know. Also the MCP server that Talos
 * forwards to, and the place where the server tells what its stages took.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class BareResource {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** As many bytes as {@code /identity/whoami} answers. */
  public record WhoAmI(String id, String kind, String authMode, List<String> roles) {}

  /** The floor of a read. */
  @GET
  @Path("whoami")
  public WhoAmI whoami() {
    return new WhoAmI(
        "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
        "agent",
        "signed",
        List.of("agent"));
  }

  /** The floor of a tool call: reads the message, and answers it. */
  @POST
  @Path("mcp")
  public Map<String, Object> call(JsonObject message) {
    JsonValue id = message.getOrDefault("id", JsonValue.NULL);
    return Map.of("jsonrpc", "2.0", "id", id, "result", JsonValue.EMPTY_JSON_OBJECT);
  }

  /** The floor of a forwarded call: takes the message to {@link #call} and brings the answer. */
  @POST
  @Path("forward")
  public Response forward(@Context UriInfo uri, byte[] message)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(uri.getBaseUri().resolve("mcp"))
            .header("Content-Type", MediaType.APPLICATION_JSON)
            .header("Accept", "application/json, text/event-stream")
            .timeout(PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofByteArray(message))
            .build();
    HttpResponse<byte[]> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
    return Response.status(answer.statusCode()).entity(answer.body()).build();
  }

  /** What the stages took since they were last forgotten. */
  @GET
  @Path("stages")
  @Produces(MediaType.TEXT_PLAIN)
  public String stages() throws ReflectiveOperationException {
    return (String) agent().getMethod("table").invoke(null);
  }

  /** Whether the audit module writes its events; {@code on} or {@code off}. */
  @PUT
  @Path("audit/{state}")
  public void audit(@PathParam("state") String state) {
    System.setProperty("talos.bench.audit", state);
  }

  /** Forgets what was measured. */
  @DELETE
  @Path("stages")
  public void forget() throws ReflectiveOperationException {
    agent().getMethod("forget").invoke(null);
  }

  /** The agent's class lives in the server's own class path, which an application cannot name. */
  private static Class<?> agent() throws ClassNotFoundException {
    return Class.forName("io.talos.bench.stages.Stages", true, ClassLoader.getSystemClassLoader());
  }
}
