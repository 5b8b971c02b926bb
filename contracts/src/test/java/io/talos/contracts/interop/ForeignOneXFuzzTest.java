package io.talos.contracts.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.talos.contracts.Bytes;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.fuzz.Foreign;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.JsonObject;
import java.time.Instant;
import java.util.Optional;

/** Mallory speaks Talos 1.x. */
class ForeignOneXFuzzTest {
  @FuzzTest(maxDuration = "60s")
  void what_a_1x_peer_sends_is_refused_or_read(byte[] data) {
    Bytes bytes = Bytes.of(data);
    String text = bytes.utf8();

    Foreign.read(() -> V1Cursor.parse(text))
        .ifPresent(cursor -> assertThat(cursor.text()).isEqualTo(text));
    Foreign.read(() -> V1WireFrame.decode(text))
        .ifPresent(frame -> assertThat(V1WireFrame.decode(frame.encode())).isEqualTo(frame));
    Foreign.read(() -> V1WireFrame.read(bytes));
    Foreign.read(() -> V1McpRequest.parse(bytes));
    V1Scope.covers("tool:notes/*", text);
    Foreign.read(() -> V1Capability.verify(bytes, Optional.empty(), NOW, link -> false));
    Foreign.read(() -> StrictJson.parseObject(bytes, io.talos.contracts.json.Limits.REQUEST))
        .ifPresent(
            json -> {
              Foreign.read(() -> EVENTS.verify(json));
              cannotOpen(json);
              Foreign.read(() -> V1Cursor.require(json));
            });
  }

  private static final Instant NOW = Instant.parse("2026-11-10T00:00:00Z");
  private static final SchemaLibrary SCHEMAS = new SchemaLibrary();
  private static final V1AuditEvent EVENTS = new V1AuditEvent(SCHEMAS);
  private static final V1SecretEnvelope ENVELOPES = new V1SecretEnvelope(SCHEMAS);

  /** An envelope comes from an operator's old database, so its code is one of the server's. */
  private static void cannotOpen(JsonObject json) {
    assertThatThrownBy(() -> ENVELOPES.open(json, "secret", id -> Optional.empty()))
        .isInstanceOf(TalosException.class);
  }
}
