package io.talos.gateway;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.event.McpServerRegistered;
import io.talos.contracts.port.SecretVault;
import io.talos.gateway.mcp.McpServer;
import io.talos.gateway.mcp.Upstream;
import io.talos.gateway.store.McpServerStore;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Puts an MCP server behind the gateway.
 *
 * <p>Refuses with: {@link ErrorCode#MCP_SERVER_EXISTS}, {@link ErrorCode#SECRET_NOT_FOUND}, {@link
 * ErrorCode#UPSTREAM_ADDRESS_FORBIDDEN}. Audited as {@code mcp_server.registered}.
 */
@Dependent
public class RegisterMcpServer {
  private final McpServerStore servers;
  private final SecretVault secrets;
  private final Upstream upstream;
  private final Event<McpServerRegistered> registered;
  private final InstantSource clock;

  @Inject
  RegisterMcpServer(
      McpServerStore servers,
      SecretVault secrets,
      Upstream upstream,
      Event<McpServerRegistered> registered,
      InstantSource clock) {
    this.servers = servers;
    this.secrets = secrets;
    this.upstream = upstream;
    this.registered = registered;
    this.clock = clock;
  }

  /** Registers; empty when it was done, the code when it was refused. */
  @Transactional
  public Optional<ErrorCode> register(
      String name, URI url, Optional<String> credentialSecret, long callPriceMicroUsd) {
    upstream.check(url);
    if (credentialSecret.isPresent() && secrets.find(credentialSecret.get()).isEmpty()) {
      return Optional.of(ErrorCode.SECRET_NOT_FOUND);
    }
    McpServer server =
        new McpServer(name, url, credentialSecret, callPriceMicroUsd, clock.instant());
    if (!servers.add(server)) {
      return Optional.of(ErrorCode.MCP_SERVER_EXISTS);
    }
    registered.fire(
        new McpServerRegistered(
            name, url.getHost(), credentialSecret.isPresent(), callPriceMicroUsd));
    return Optional.empty();
  }
}
