package io.talos.client;

import io.talos.client.http.Answer;
import io.talos.client.http.EventStream;
import io.talos.client.http.PreparedRequest;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Json;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * A session with an MCP server behind the gateway: streamable HTTP, every message signed by the
 * agent and shown with its capability. Thread safe.
 *
 * <p>Source: Model Context Protocol 2025-11-25, "Lifecycle", "Streamable HTTP", "Tools".
 */
public final class McpSession implements AutoCloseable {
  private static final String PROTOCOL = "2025-11-25";
  private static final Set<String> SPOKEN = Set.of("2025-03-26", "2025-06-18", PROTOCOL);
  private static final String ACCEPTED = "application/json, text/event-stream";
  private static final String EVENT_STREAM = "text/event-stream";
  private static final io.talos.contracts.json.Limits JSON =
      new io.talos.contracts.json.Limits(
          io.talos.client.http.Limits.ANSWER_BYTES_MAX,
          io.talos.client.http.Limits.JSON_DEPTH_MAX,
          io.talos.client.http.Limits.JSON_VALUES_MAX);

  private final Calls calls;
  private final String path;
  private final String capability;
  private final Optional<String> sessionId;
  private final String protocol;
  private final AtomicLong nextId = new AtomicLong(1);

  private McpSession(
      Calls calls, String path, String capability, Optional<String> sessionId, String protocol) {
    this.calls = calls;
    this.path = path;
    this.capability = capability;
    this.sessionId = sessionId;
    this.protocol = protocol;
  }

  /**
   * What a tool answered.
   *
   * @param failed whether the tool says that it failed
   * @param text its text content, parts joined by line feeds
   * @param json the whole result
   */
  public record ToolResult(boolean failed, String text, JsonObject json) {}

  static Reply<McpSession> open(Calls calls, String server, String capability) {
    McpSession fresh =
        new McpSession(
            calls, "/mcp/" + Calls.segment(server), capability, Optional.empty(), PROTOCOL);
    return fresh.initialize();
  }

  private Reply<McpSession> initialize() {
    JsonObject parameters =
        Json.createObjectBuilder()
            .add("protocolVersion", PROTOCOL)
            .add("capabilities", JsonValue.EMPTY_JSON_OBJECT)
            .add(
                "clientInfo",
                Json.createObjectBuilder().add("name", "talos-client").add("version", "2"))
            .build();
    long id = nextId.getAndIncrement();
    Reply<Answer> reply =
        Calls.reply(calls.send(unsessioned(request(id, "initialize", parameters))));
    return reply.match(
        granted -> {
          Reply<JsonObject> result = result(granted.value(), granted.receipt(), id);
          return result.match(
              done -> initialized(granted.value(), done),
              refused -> new Reply.Refused<>(refused.refusal()));
        },
        refused -> new Reply.Refused<>(refused.refusal()));
  }

  private Reply<McpSession> initialized(Answer answer, Reply.Granted<JsonObject> result) {
    String chosen = result.value().getString("protocolVersion", "");
    if (!SPOKEN.contains(chosen)) {
      throw new TalosException(
          ErrorCode.TALOS_PROTOCOL_MISMATCH, "the MCP server speaks another version");
    }
    McpSession session =
        new McpSession(calls, path, capability, answer.header("mcp-session-id"), chosen);
    session.nextId.set(nextId.get());
    JsonObject note =
        Json.createObjectBuilder()
            .add("jsonrpc", "2.0")
            .add("method", "notifications/initialized")
            .build();
    return Calls.reply(calls.send(session.prepared(note))).map(accepted -> session);
  }

  /** The names of the server's tools. */
  public Reply<List<String>> listTools() {
    return call("tools/list", JsonValue.EMPTY_JSON_OBJECT).map(McpSession::names);
  }

  private static List<String> names(JsonObject result) {
    List<String> names = new ArrayList<>();
    for (JsonValue tool : result.getJsonArray("tools")) {
      if (names.size() == Limits.TOOLS_MAX) {
        throw new TalosException(ErrorCode.UPSTREAM_RESPONSE_TOO_LARGE, "too many tools");
      }
      names.add(tool.asJsonObject().getString("name"));
    }
    return names;
  }

  /** Calls a tool. Never sent twice: nobody knows whether the first one was carried out. */
  public Reply<ToolResult> callTool(String tool, JsonObject arguments) {
    long id = nextId.getAndIncrement();
    return toolResult(calls.send(prepared(request(id, "tools/call", named(tool, arguments)))), id);
  }

  /** A call that was not sent yet; {@link #read} understands its answer. */
  public PreparedRequest prepareCall(String tool, JsonObject arguments) {
    return prepared(request(nextId.getAndIncrement(), "tools/call", named(tool, arguments)));
  }

  /** What the answer to a prepared call says. */
  public static Reply<ToolResult> read(PreparedRequest call, Answer answer) {
    return toolResult(
        answer, StrictJson.parseObject(call.body(), JSON).getJsonNumber("id").longValueExact());
  }

  /** Ends the session; a server that does not know it any more is content. */
  @Override
  public void close() {
    if (sessionId.isPresent()) {
      calls.send(dressed(calls.prepare("DELETE", path, Optional.of(capability), Bytes.empty())));
    }
  }

  private static JsonObject named(String tool, JsonObject arguments) {
    return Json.createObjectBuilder().add("name", tool).add("arguments", arguments).build();
  }

  private static Reply<ToolResult> toolResult(Answer answer, long id) {
    return Calls.reply(answer)
        .match(
            granted -> result(granted.value(), granted.receipt(), id).map(McpSession::tool),
            refused -> new Reply.Refused<>(refused.refusal()));
  }

  private static ToolResult tool(JsonObject result) {
    String text =
        result.getJsonArray("content").stream()
            .map(JsonValue::asJsonObject)
            .filter(part -> part.getString("type", "").equals("text"))
            .map(part -> part.getString("text", ""))
            .collect(Collectors.joining("\n"));
    return new ToolResult(result.getBoolean("isError", false), text, result);
  }

  private Reply<JsonObject> call(String method, JsonObject parameters) {
    long id = nextId.getAndIncrement();
    return Calls.reply(calls.send(prepared(request(id, method, parameters))))
        .match(
            granted -> result(granted.value(), granted.receipt(), id),
            refused -> new Reply.Refused<>(refused.refusal()));
  }

  private static JsonObject request(long id, String method, JsonObject parameters) {
    return Json.createObjectBuilder()
        .add("jsonrpc", "2.0")
        .add("id", id)
        .add("method", method)
        .add("params", parameters)
        .build();
  }

  private PreparedRequest unsessioned(JsonObject message) {
    return calls
        .prepare("POST", path, Optional.of(capability), Bytes.utf8(message.toString()))
        .withHeader("accept", ACCEPTED);
  }

  private PreparedRequest prepared(JsonObject message) {
    return dressed(unsessioned(message));
  }

  private PreparedRequest dressed(PreparedRequest request) {
    PreparedRequest versioned = request.withHeader("mcp-protocol-version", protocol);
    return sessionId.map(id -> versioned.withHeader("mcp-session-id", id)).orElse(versioned);
  }

  /** The result of request {@code id}, alone or among the events of a stream. */
  private static Reply<JsonObject> result(Answer answer, Receipt receipt, long id) {
    JsonObject response =
        (answer.mediaType().equals(EVENT_STREAM)
                ? EventStream.data(answer.body()).stream().map(Bytes::utf8)
                : java.util.stream.Stream.of(answer.body()))
            .map(text -> StrictJson.parseObject(text, JSON))
            .filter(message -> answers(message, id))
            .findFirst()
            .orElseThrow(
                () -> new TalosException(ErrorCode.MCP_PROTOCOL, "no response to request " + id));
    if (response.get("error") instanceof JsonObject error) {
      return new Reply.Refused<>(refusal(error, answer.status(), receipt));
    }
    if (response.get("result") instanceof JsonObject result) {
      return new Reply.Granted<>(result, receipt);
    }
    throw new TalosException(ErrorCode.MCP_PROTOCOL, "neither result nor error");
  }

  private static boolean answers(JsonObject message, long id) {
    return message.get("id") instanceof JsonNumber number
        && number.isIntegral()
        && number.bigIntegerValue().equals(java.math.BigInteger.valueOf(id))
        && !message.containsKey("method");
  }

  /** An error of Talos carries its code in {@code data}; another one is named by its number. */
  private static Refusal refusal(JsonObject error, int status, Receipt receipt) {
    String code =
        error.get("data") instanceof JsonObject data && data.get("code") instanceof JsonString text
            ? text.getString()
            : "JSON_RPC_" + error.getInt("code", 0);
    return new Refusal(code, status, error.getString("message", ""), false, receipt);
  }
}
