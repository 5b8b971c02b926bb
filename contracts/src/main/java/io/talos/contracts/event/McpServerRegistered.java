package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.json.Json;

/**
 * An MCP server stands behind the gateway now.
 *
 * @param name what agents call it
 * @param host where it is
 * @param withCredential whether the gateway shows it a credential
 */
public record McpServerRegistered(String name, String host, boolean withCredential)
    implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "mcp_server.registered",
        new AuditFacts.Resource("mcp_server", name),
        Json.createObjectBuilder()
            .add("host", host)
            .add("with_credential", withCredential)
            .build());
  }
}
