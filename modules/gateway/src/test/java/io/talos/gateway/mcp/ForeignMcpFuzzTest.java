package io.talos.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;

/** Mallory speaks MCP. */
class ForeignMcpFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void a_message_is_refused_or_is_the_call_that_it_says(byte[] data) {
    Bytes bytes = Bytes.of(data);
    try {
      assertThat(McpMessage.version(bytes.utf8())).isEqualTo(bytes.utf8()).hasSize(10);
    } catch (TalosException refused) {
      isTheirFault(refused);
    }
    try {
      McpMessage message = McpMessage.parse(StrictJson.parseObject(bytes, Limits.REQUEST));
      assertThat(McpMessage.parse(written(message))).isEqualTo(message);
      assertThat(message.toolCall("notes").tool()).isEqualTo(message.tool());
      assertThat(message.method()).isNotEqualTo(McpMessage.SESSION_END);
    } catch (TalosException refused) {
      isTheirFault(refused);
    }
  }

  private static void isTheirFault(TalosException refused) {
    assertThat(refused.code().httpStatus()).isLessThan(500);
  }

  private static JsonObject written(McpMessage message) {
    JsonObjectBuilder json =
        Json.createObjectBuilder()
            .add("jsonrpc", "2.0")
            .add("id", 1)
            .add("method", message.method());
    message
        .tool()
        .ifPresent(
            tool ->
                json.add(
                    "params",
                    Json.createObjectBuilder()
                        .add("name", tool)
                        .add("arguments", message.arguments())));
    return json.build();
  }
}
