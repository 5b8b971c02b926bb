package io.talos.gateway.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An operator mistypes an upstream's URL; that is their fault and not the server's. */
class McpServerTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://[",
        "http://127.0.0.1:-1/",
        "http://127.0.0.1:0/",
        "http://127.0.0.1:65536/",
        "http://0x7f.1/",
        "http://u:p@192.0.2.7/",
        "http://192.0.2.7/#f",
        "ftp://192.0.2.7/",
        "/mcp"
      })
  void what_is_no_endpoint_is_refused(String url) {
    assertThatThrownBy(() -> McpServer.endpoint(url))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.TALOS_INVALID_INPUT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"https://192.0.2.7/mcp", "http://mcp.example:65535", "http://[2001:db8::7]:1/"})
  void an_endpoint_is_read(String url) {
    assertThat(McpServer.endpoint(url)).hasToString(url);
  }
}
