package io.talos.policy.rights;

import io.talos.contracts.port.AccessControl.ToolCall;
import java.util.Optional;

/**
 * Whether the tool rules forbid a message to an MCP server. What only opens, keeps or ends a
 * session is never forbidden. What calls no tool is covered by rules about every tool, {@code *}.
 */
public final class ToolCheck {
  private ToolCheck() {}

  /** The rule, or the closed server, that forbids {@code call}. */
  public static Optional<String> forbids(ActivePolicy policy, ToolCall call) {
    return CapabilityCheck.isSession(call.method())
        ? Optional.empty()
        : policy.tools().forbids(call.server(), call.tool().orElse(""));
  }
}
