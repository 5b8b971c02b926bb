package io.talos.contracts.policy;

import java.util.OptionalLong;

/**
 * What the policy says of tools behind the gateway.
 *
 * @param server name of the registered MCP server
 * @param tool a tool's name, or the start of one with a last {@code *}, or {@code *} alone
 * @param callPriceMicroUsd what a call costs instead of the server's own price
 */
public record ToolRule(
    String id, String server, String tool, AccessEffect effect, OptionalLong callPriceMicroUsd) {
  private static final String ANY = "*";

  /** Whether it speaks about {@code name}. */
  boolean covers(String name) {
    return tool.endsWith(ANY)
        ? name.startsWith(tool.substring(0, tool.length() - 1))
        : tool.equals(name);
  }

  /** How exactly it says which tool it means: a whole name before a longer start of one. */
  int exactness() {
    return tool.endsWith(ANY) ? tool.length() - 1 : Integer.MAX_VALUE;
  }
}
