package io.talos.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory wants a server fault, with its stack trace in the log, for the price of one header. */
class AcceptHeaderTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json;q=zz",
        "application/json; Q=zz",
        "application/json;q=",
        "application/json;q=1.001",
        "application/json;q=2",
        "application/json;q=-1",
        "application/json;q=NaN",
        "application/json;q=1e0",
        "text/plain, application/json;v=1;q=x"
      })
  void a_weight_that_is_none_is_not_read(String accept) {
    assertThat(AcceptHeader.isReadable(List.of("*/*", accept))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "application/json;q=0.5, text/plain; q=0",
        "application/ld+json;profile=\"https://w3id.org/did-resolution\";q=1.000",
        "text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"
      })
  void what_clients_send_is_read(String accept) {
    assertThat(AcceptHeader.isReadable(List.of(accept))).isTrue();
  }

  @Test
  void no_header_is_read() {
    assertThat(AcceptHeader.isReadable(List.of())).isTrue();
  }
}
