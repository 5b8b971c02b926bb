package io.talos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.talos.client.http.Transport;
import io.talos.contracts.Bytes;
import io.talos.contracts.crypto.Randomness;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An MCP server may answer in JSON or as a stream, and may answer somebody else's question. */
class McpSessionTest {
  private static final String STREAM = "text/event-stream";
  private static final String JSON = "application/json";

  private String toolAnswer = "";
  private String toolType = JSON;

  private void script(HttpExchange exchange, ScriptedServer server) throws IOException {
    JsonObject message =
        StrictJson.parseObject(
            Bytes.utf8(server.seen().get(server.seen().size() - 1).body()), Limits.REQUEST);
    switch (message.getString("method")) {
      case "initialize" -> {
        exchange.getResponseHeaders().set("Mcp-Session-Id", "s1");
        ScriptedServer.answer(
            exchange,
            200,
            STREAM,
            "event: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":"
                + message.getInt("id")
                + ",\"result\":{\"protocolVersion\":\"2025-06-18\",\"capabilities\":{}}}\n\n");
      }
      case "notifications/initialized" -> ScriptedServer.answer(exchange, 202, JSON, "");
      default ->
          ScriptedServer.answer(
              exchange,
              200,
              toolType,
              toolAnswer.replace("ID", Integer.toString(message.getInt("id"))));
    }
  }

  private ScriptedServer server() {
    ScriptedServer[] self = new ScriptedServer[1];
    self[0] = new ScriptedServer(exchange -> script(exchange, self[0]));
    return self[0];
  }

  private static Reply<McpSession> open(ScriptedServer server) {
    Identity bob = Identity.generate(Randomness.secure());
    return McpSession.open(
        new Calls(
            new Transport(),
            server.uri(),
            Credential.signature(bob, Clock.systemUTC(), Randomness.secure())),
        "notes",
        "AAAA");
  }

  @Test
  void a_session_keeps_the_servers_id_and_version_and_signs_every_message_with_the_capability() {
    try (ScriptedServer server = server()) {
      McpSession session = open(server).orThrow();
      toolAnswer =
          "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{\"content\":"
              + "[{\"type\":\"text\",\"text\":\"done\"}],\"isError\":false}}";

      McpSession.ToolResult result =
          session.callTool("write_note", JsonValue.EMPTY_JSON_OBJECT).orThrow();

      assertThat(result.text()).isEqualTo("done");
      assertThat(result.failed()).isFalse();
      var last = server.seen().get(2);
      assertThat(last.headers().getFirst("Mcp-Session-Id")).isEqualTo("s1");
      assertThat(last.headers().getFirst("Mcp-Protocol-Version")).isEqualTo("2025-06-18");
      assertThat(server.seen())
          .allSatisfy(
              seen ->
                  assertThat(seen.headers().getFirst("Signature-Input"))
                      .contains("\"talos-capability\"", "\"content-digest\"", "\"@target-uri\""));
    }
  }

  @Test
  void a_stream_with_other_messages_gives_the_response_to_this_request() {
    try (ScriptedServer server = server()) {
      McpSession session = open(server).orThrow();
      toolType = STREAM;
      toolAnswer =
          "data: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\",\"params\":{}}\n\n"
              + "data: {\"jsonrpc\":\"2.0\",\"id\":ID,\"method\":\"ping\"}\n\n"
              + "data: {\"jsonrpc\":\"2.0\",\"id\":99,\"result\":{\"tools\":[]}}\n\n"
              + "data:"
              + " {\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":{\"tools\":[{\"name\":\"a\"}]}}\n\n";

      assertThat(session.listTools().orThrow()).isEqualTo(List.of("a"));
    }
  }

  @Test
  void an_error_is_a_refusal_under_its_code_and_no_answer_is_a_fault() {
    try (ScriptedServer server = server()) {
      McpSession session = open(server).orThrow();
      toolAnswer =
          "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":{\"code\":-32001,\"message\":\"no\","
              + "\"data\":{\"code\":\"CAPABILITY_REVOKED\"}}}";
      assertThat(code(session.callTool("t", JsonValue.EMPTY_JSON_OBJECT)))
          .isEqualTo("CAPABILITY_REVOKED");
      toolAnswer = "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":{\"code\":-32602,\"message\":\"no\"}}";
      assertThat(code(session.callTool("t", JsonValue.EMPTY_JSON_OBJECT)))
          .isEqualTo("JSON_RPC_-32602");
      toolAnswer = "{\"jsonrpc\":\"2.0\",\"id\":77,\"result\":{}}";
      assertThatThrownBy(() -> session.callTool("t", JsonValue.EMPTY_JSON_OBJECT))
          .isInstanceOfSatisfying(
              TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MCP_PROTOCOL));
    }
  }

  private static String code(Reply<?> reply) {
    return reply.match(granted -> "granted", refused -> refused.refusal().code());
  }
}
