package io.talos.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory wants the gateway to understand another call than the tool does. */
class McpMessageTest {
  private static McpMessage parse(String text) {
    return McpMessage.parse(StrictJson.parseObject(Bytes.utf8(text), Limits.REQUEST));
  }

  @Test
  void a_tool_call_names_its_tool_and_arguments() {
    McpMessage message =
        parse(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
                + "\"params\":{\"name\":\"read_note\",\"arguments\":{\"id\":\"a\"}}}");

    assertThat(message.tool()).contains("read_note");
    assertThat(message.arguments().getString("id")).isEqualTo("a");
    assertThat(message.toolCall("notes").server()).isEqualTo("notes");
  }

  @Test
  void a_notification_needs_no_id() {
    assertThat(parse("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}").tool())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}",
        "{\"id\":1,\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1}",
        "{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\"}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"x\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"../x\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"x\",\"arguments\":[]}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"Tools/Call \",\"params\":{\"name\":\"x\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"TOOLS/CALL\",\"params\":{\"name\":\"x\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/read\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"extra\":1}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"
      })
  void anything_else_than_one_request_or_notification_is_refused(String text) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MCP_PROTOCOL));
  }

  @Test
  void a_protocol_version_is_a_date() {
    assertThat(McpMessage.version("2025-06-18")).isEqualTo("2025-06-18");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\u0001b", "2025-06-18\n", "2025-06-18, 2024-11-05", "2025-6-18"})
  void a_protocol_version_that_is_no_date_is_never_sent_on(String header) {
    assertThatThrownBy(() -> McpMessage.version(header))
        .isInstanceOfSatisfying(
            TalosException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MCP_PROTOCOL));
  }
}
