package io.talos.contracts.event;

import io.talos.contracts.audit.AuditFacts;
import io.talos.contracts.json.Json;

/**
 * An MCP server stands behind the gateway now.
 *
 * @param name what agents call it
 * @param host where it is
 * @param withCredential whether the gateway shows it a credential
 * @param callPriceMicroUsd what a tool call costs
 */
public record McpServerRegistered(
    String name, String host, boolean withCredential, long callPriceMicroUsd) implements Audited {
  @Override
  public AuditFacts facts() {
    return AuditFacts.act(
        "mcp_server.registered",
        new AuditFacts.Resource("mcp_server", name),
        Json.createObjectBuilder()
            .add("host", host)
            .add("with_credential", withCredential)
            .add("call_price_micro_usd", callPriceMicroUsd)
            .build());
  }
}
