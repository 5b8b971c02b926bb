package io.talos.gateway.chain;

import io.talos.gateway.mcp.McpServer;
import io.talos.gateway.store.McpServerStore;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;

/** What a tool call costs, in millionths of a US dollar. */
@Dependent
class CallPrices {
  private final McpServerStore servers;

  @Inject
  CallPrices(McpServerStore servers) {
    this.servers = servers;
  }

  /** The price of a call of this server; a server that is not registered is never called. */
  long of(String server) {
    return servers.find(server).map(McpServer::callPriceMicroUsd).orElse(0L);
  }
}
