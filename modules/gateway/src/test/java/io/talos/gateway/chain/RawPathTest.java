package io.talos.gateway.chain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mallory wants the chain to check one path while the server answers another. */
class RawPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/identity/agents/../../secrets",
        "/identity/./agents",
        "/identity//agents",
        "/identity/agents/",
        "/identity/agents;v=1",
        "/identity/%2e%2e/secrets",
        "/identity/%2E%2E/secrets",
        "/identity%2fagents",
        "/identity%5Cagents",
        "/identity\\agents",
        "/identity/agents%00",
        "/identity/%252e%252e/secrets",
        "/identity/a%252Fb",
        "/identity/a%253ab",
        "/identity/a%25253Ab",
        "/identity/a%253",
        "/identity/agents%3bx",
        "/identity/%zz",
        "/identity/%",
        "/identity/agénts",
        "identity/agents",
        "",
        "/identity/agents\u0000",
        "/identity/agents\n",
        "/identity/agents/%0A",
        "/identity/agents/a%0D%0Ab",
        "/identity/agents/%09",
        "/identity/agents/%1B",
        "/identity/agents/%7F",
        "/identity/agents/%C2%85",
        "/identity/agents/%E2%80%A8",
        "/%69dentity/agents",
        "/identity/agents%2",
        "/identity/agents/%FF",
        "/identity/agents/%C3",
        "/identity/agents/%C0%AE%C0%AE",
        "/identity/agents/%ED%A0%80"
      })
  void a_path_with_two_readings_is_not_plain(String path) {
    assertThat(RawPath.isPlain(path)).isFalse();
  }

  @Test
  void a_path_of_many_segments_is_refused_by_its_length_and_costs_nothing() {
    assertThat(RawPath.isPlain("/a".repeat(1_000_000))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/identity/agents/did:key:z6MkjchhfUsD6mmvni8mCdXHw216Xrm9bQe2mBH1P5RDjVJG",
        "/1.0/identifiers/did:web:example.org",
        "/1.0/identifiers/did:web:example.org%253A8443:users",
        "/audit/log/tile/0/x001/234.p/17",
        "/identity/agents/a%20b"
      })
  void an_ordinary_path_is_plain(String path) {
    assertThat(RawPath.isPlain(path)).isTrue();
  }
}
