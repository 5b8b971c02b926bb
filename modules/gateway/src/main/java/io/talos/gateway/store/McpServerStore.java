package io.talos.gateway.store;

import io.talos.gateway.mcp.McpServer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Remembers the MCP servers. */
@ApplicationScoped
public class McpServerStore {
  /** Most servers that are listed at once. */
  public static final int LISTED_MAX = 1000;

  @PersistenceContext(unitName = "gateway")
  private @Nullable EntityManager entities;

  /** Adds a server; false when its name is taken. */
  public boolean add(McpServer server) {
    int rows =
        entities()
            .createNativeQuery(
                "insert into gateway.mcp_server (name, url, credential_secret, registered_at,"
                    + " call_price_micro_usd) values (?1, ?2, ?3, ?4, ?5) on conflict (name) do"
                    + " nothing")
            .setParameter(1, server.name())
            .setParameter(2, server.url().toString())
            .setParameter(3, server.credentialSecret().orElse(null))
            .setParameter(4, server.registeredAt().atOffset(ZoneOffset.UTC))
            .setParameter(5, server.callPriceMicroUsd())
            .executeUpdate();
    return rows == 1;
  }

  /** The server with this name. */
  public Optional<McpServer> find(String name) {
    return Optional.ofNullable(entities().find(McpServerRow.class, name))
        .map(McpServerRow::toServer);
  }

  /** The first {@link #LISTED_MAX} servers by name. */
  public List<McpServer> all() {
    return entities()
        .createQuery("select s from McpServerRow s order by s.name", McpServerRow.class)
        .setMaxResults(LISTED_MAX)
        .getResultStream()
        .map(McpServerRow::toServer)
        .toList();
  }

  private EntityManager entities() {
    if (entities == null) {
      throw new IllegalStateException("the persistence unit gateway was not started");
    }
    return entities;
  }
}
