package io.talos.policy.rights;

import io.talos.contracts.port.AccessControl.ToolCall;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the tool rules forbid a message to an MCP server. What only opens, keeps or ends a
 * session is never forbidden. What calls no tool is covered by rules about every tool, {@code *}.
 */
public final class ToolCheck {
  private static final Set<String> SESSION =
      Set.of("initialize", "ping", "tools/list", "session/end");
  private static final String NOTIFICATION = "notifications/";

  private ToolCheck() {}

  /** The rule, or the closed server, that forbids {@code call}. */
  public static Optional<String> forbids(ActivePolicy policy, ToolCall call) {
    return SESSION.contains(call.method()) || call.method().startsWith(NOTIFICATION)
        ? Optional.empty()
        : policy.tools().forbids(call.server(), call.tool().orElse(""));
  }
}
