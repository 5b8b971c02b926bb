package io.talos.contracts.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.talos.contracts.SecretBytes;
import io.talos.contracts.audit.AddressText;
import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.registry.Threat;
import io.talos.contracts.schema.SchemaLibrary;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mallory rewrites a 1.x audit event, or wants it to tell more than it should. */
@Threat("T-AUDITTAMPERING-01")
class RewrittenEventTest {
  private final V1AuditEvent events = new V1AuditEvent(new SchemaLibrary());
  private final V1AuditEvent.AddressKey key =
      new V1AuditEvent.AddressKey("ip-1", SecretBytes.utf8("a key of the test"));

  @Test
  void a_complete_event_verifies_and_no_member_of_it_can_be_changed() {
    JsonObject event =
        events.complete(event().build(), Optional.of("192.0.2.1"), key, Optional.empty());

    assertThat(events.verify(event)).isTrue();
    for (String member : Set.of("request_id", "surface_id")) {
      assertThat(events.verify(with(event, member, Json.createValue("another")))).isFalse();
    }
    assertThat(events.verify(with(event, "outcome", Json.createValue("denied")))).isFalse();
    assertThat(events.verify(with(event, "event_hash", Json.createValue("0".repeat(64)))))
        .isFalse();
  }

  @Test
  void an_absent_resource_is_not_a_null_one() {
    JsonObject event = events.complete(event().build(), Optional.empty(), key, Optional.empty());

    assertThat(events.verify(with(event, "resource", JsonValue.NULL))).isFalse();
  }

  @Test
  void one_address_has_one_hash_however_it_is_written() {
    String canonical = addressHash("2001:db8::1");

    assertThat(addressHash("2001:0DB8:0:0:0:0:0:1")).isEqualTo(canonical);
    assertThat(addressHash("2001:db8:0:0::1")).isEqualTo(canonical);
    assertThat(addressHash("2001:db8::2")).isNotEqualTo(canonical);
  }

  @Test
  void addresses_are_written_as_rfc_5952_says() {
    Map<String, String> pairs =
        Map.of(
            "0:0:0:0:0:0:0:0", "::",
            "::1", "::1",
            "2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1",
            "2001:0:0:1:0:0:0:1", "2001:0:0:1::1",
            "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1",
            "FE80::ABCD", "fe80::abcd",
            "::FFFF:192.0.2.1", "::ffff:192.0.2.1",
            "::ffff:c000:201", "::ffff:192.0.2.1",
            "64:ff9b::192.0.2.33", "64:ff9b::c000:221",
            "192.0.2.1", "192.0.2.1");

    pairs.forEach((text, canonical) -> assertThat(AddressText.canonical(text)).hasValue(canonical));
  }

  @Test
  void what_is_no_address_leaves_no_trace_and_is_never_looked_up() {
    for (String text :
        new String[] {
          "", "unknown", "localhost", "192.0.2", "192.0.2.256", "192.0.2.01", "192.0.2.1:80",
          "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", ":::", ":1", "fe80::1%eth0", "[::1]",
          "1:2:3:4:5:6:7::8", "::192.0.2.1:1", "12345::", "192.0.2.1 ", "\u0661.1.1.1"
        }) {
      assertThat(AddressText.canonical(text)).as(text).isEmpty();
      JsonObject event = events.complete(event().build(), Optional.of(text), key, Optional.empty());
      assertThat(event.getJsonObject("http").keySet())
          .containsExactlyInAnyOrder("method", "path", "status_code");
    }
  }

  @Test
  void metadata_that_is_not_allowed_goes_and_the_event_says_so() {
    JsonObject meta =
        Json.createObjectBuilder()
            .add("model", "m")
            .add("prompt", "secret")
            .add("nested", Json.createObjectBuilder().add("a", 1))
            .build();

    JsonObject event =
        events.complete(
            event().add("meta", meta).build(),
            Optional.empty(),
            key,
            Optional.of(Set.of("model", "nested")));

    assertThat(event.getJsonObject("meta"))
        .isEqualTo(
            Json.createObjectBuilder()
                .add("model", "m")
                .add("meta_redaction_applied", true)
                .add("meta_redacted_keys", "nested, prompt")
                .build());
  }

  @Test
  void what_1x_could_not_read_is_not_exported() {
    JsonObject query =
        event()
            .add(
                "http",
                Json.createObjectBuilder()
                    .add("method", "GET")
                    .add("path", "/a?token=x")
                    .add("status_code", 200))
            .build();

    assertThatThrownBy(() -> events.complete(query, Optional.empty(), key, Optional.empty()))
        .isInstanceOfSatisfying(
            TalosException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SCHEMA_VALIDATION_ERROR));
  }

  private String addressHash(String address) {
    return events
        .complete(event().build(), Optional.of(address), key, Optional.empty())
        .getJsonObject("http")
        .getString("client_ip_hash");
  }

  private static JsonObject with(JsonObject event, String member, JsonValue value) {
    return Json.createObjectBuilder(event).add(member, value).build();
  }

  private static JsonObjectBuilder event() {
    return Json.createObjectBuilder()
        .add("schema_id", "talos.audit_event")
        .add("schema_version", "v1")
        .add("event_id", "01945533-3158-7c85-992d-9865f1715694")
        .add("ts", "2026-11-21T08:00:00.000Z")
        .add("request_id", "req-1")
        .add("surface_id", "notes.read")
        .add("outcome", "success")
        .add(
            "principal",
            Json.createObjectBuilder()
                .add("auth_mode", "anonymous")
                .add("principal_id", "anonymous"))
        .add(
            "http",
            Json.createObjectBuilder()
                .add("method", "GET")
                .add("path", "/notes")
                .add("status_code", 200))
        .add("meta", JsonValue.EMPTY_JSON_OBJECT);
  }
}
