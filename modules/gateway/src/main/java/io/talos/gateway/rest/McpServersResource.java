package io.talos.gateway.rest;

import io.talos.gateway.RegisterMcpServer;
import io.talos.gateway.mcp.McpServer;
import io.talos.gateway.store.McpServerStore;
import io.talos.runtime.rest.Problem;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The MCP servers behind the gateway. */
@Path("/gateway/mcp-servers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Dependent
public class McpServersResource {
  private final RegisterMcpServer register;
  private final McpServerStore servers;

  @Inject
  public McpServersResource(RegisterMcpServer register, McpServerStore servers) {
    this.register = register;
    this.servers = servers;
  }

  /** What an operator sends. */
  public record Registration(
      String name,
      String url,
      Optional<String> credentialSecret,
      @Nullable Long callPriceMicroUsd) {}

  /** What is told of a server. */
  public record Listed(
      String name,
      String url,
      Optional<String> credentialSecret,
      long callPriceMicroUsd,
      Instant registeredAt) {
    static Listed of(McpServer server) {
      return new Listed(
          server.name(),
          server.url().toString(),
          server.credentialSecret(),
          server.callPriceMicroUsd(),
          server.registeredAt());
    }
  }

  /** All servers. */
  public record Listing(List<Listed> servers) {}

  /** Registers a server. */
  @POST
  public Response add(Registration registration) {
    return register
        .register(
            registration.name(),
            McpServer.endpoint(registration.url()),
            registration.credentialSecret(),
            Optional.ofNullable(registration.callPriceMicroUsd()).orElse(0L))
        .map(code -> Problem.of(code).response())
        .orElseGet(
            () ->
                Response.created(URI.create("/mcp/" + registration.name()))
                    .entity(
                        servers
                            .find(registration.name())
                            .map(Listed::of)
                            .orElseThrow(
                                () -> new IllegalStateException("registered and not found")))
                    .build());
  }

  /** Lists the servers; never a credential. */
  @GET
  public Listing list() {
    return new Listing(servers.all().stream().map(Listed::of).toList());
  }
}
