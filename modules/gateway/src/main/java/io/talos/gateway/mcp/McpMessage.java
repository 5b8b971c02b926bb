package io.talos.gateway.mcp;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.port.AccessControl.ToolCall;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One JSON-RPC message on its way to an MCP server, as far as the gateway must understand it to
 * decide about it.
 *
 * <p>Source: JSON-RPC 2.0 §4; Model Context Protocol 2025-06-18, "Streamable HTTP" (one message a
 * request, no batches).
 *
 * @param method the protocol method
 * @param tool the tool that {@code tools/call} names
 * @param arguments the tool's arguments; empty when there are none
 */
public record McpMessage(String method, Optional<String> tool, JsonObject arguments) {
  /** The method that calls a tool. */
  public static final String TOOLS_CALL = "tools/call";

  /** What the end of a session is called when a capability is asked about it. */
  static final String SESSION_END = "session/end";

  /**
   * The methods that are forwarded. A capability speaks of tools, so what reads resources or
   * prompts is not among them, and a method that only looks like another is none.
   */
  private static final Set<String> METHODS =
      Set.of(
          "initialize",
          "ping",
          "tools/list",
          TOOLS_CALL,
          "notifications/initialized",
          "notifications/cancelled",
          "notifications/progress");

  private static final Pattern TOOL = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
  private static final Pattern VERSION = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
  private static final Set<String> MEMBERS = Set.of("jsonrpc", "id", "method", "params");

  /**
   * Reads a client's message.
   *
   * @throws TalosException {@link ErrorCode#MCP_PROTOCOL} when it is not one request or
   *     notification
   */
  public static McpMessage parse(JsonObject message) {
    String method = text(message.get("method"));
    boolean wellFormed =
        MEMBERS.containsAll(message.keySet())
            && text(message.get("jsonrpc")).equals("2.0")
            && METHODS.contains(method)
            && isId(message.get("id"))
            && (!message.containsKey("params") || message.get("params") instanceof JsonObject);
    if (!wellFormed) {
      throw new TalosException(ErrorCode.MCP_PROTOCOL, "not a JSON-RPC request or notification");
    }
    return method.equals(TOOLS_CALL)
        ? toolsCall(message)
        : new McpMessage(method, Optional.empty(), JsonValue.EMPTY_JSON_OBJECT);
  }

  private static McpMessage toolsCall(JsonObject message) {
    JsonObject params =
        message.get("params") instanceof JsonObject object ? object : JsonValue.EMPTY_JSON_OBJECT;
    String tool = text(params.get("name"));
    JsonValue arguments = params.getOrDefault("arguments", JsonValue.EMPTY_JSON_OBJECT);
    if (!TOOL.matcher(tool).matches()
        || !(arguments instanceof JsonObject)
        || !message.containsKey("id")) {
      throw new TalosException(ErrorCode.MCP_PROTOCOL, "tools/call without id, name or arguments");
    }
    return new McpMessage(TOOLS_CALL, Optional.of(tool), arguments.asJsonObject());
  }

  /**
   * The {@code MCP-Protocol-Version} as it may be sent on: a date and nothing else.
   *
   * @throws TalosException {@link ErrorCode#MCP_PROTOCOL} when it is none
   */
  public static String version(String header) {
    if (!VERSION.matcher(header).matches()) {
      throw new TalosException(ErrorCode.MCP_PROTOCOL, "a protocol version is a date");
    }
    return header;
  }

  /** What a capability is asked about when this message goes to {@code server}. */
  public ToolCall toolCall(String server) {
    return new ToolCall(server, method, tool, arguments);
  }

  /** What a capability is asked about when a session with {@code server} is ended. */
  public static ToolCall endOfSession(String server) {
    return new ToolCall(server, SESSION_END, Optional.empty(), JsonValue.EMPTY_JSON_OBJECT);
  }

  private static String text(@org.jspecify.annotations.Nullable JsonValue value) {
    return value instanceof JsonString string ? string.getString() : "";
  }

  private static boolean isId(@org.jspecify.annotations.Nullable JsonValue id) {
    return id == null
        || id.getValueType() == JsonValue.ValueType.STRING
        || id.getValueType() == JsonValue.ValueType.NUMBER;
  }
}
