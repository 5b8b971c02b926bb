package io.talos.gateway.store;

import io.talos.gateway.mcp.McpServer;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;

/** A row of gateway.mcp_server. */
@Entity
@Table(name = "mcp_server", schema = "gateway")
@NullUnmarked
class McpServerRow {
  @Id private String name;
  private String url;

  @Column(name = "credential_secret")
  private String credentialSecret;

  @Column(name = "call_price_micro_usd")
  private long callPriceMicroUsd;

  @Column(name = "registered_at")
  private OffsetDateTime registeredAt;

  protected McpServerRow() {}

  McpServer toServer() {
    return new McpServer(
        name,
        URI.create(url),
        Optional.ofNullable(credentialSecret),
        callPriceMicroUsd,
        registeredAt.toInstant());
  }
}
