package io.talos.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.talos.contracts.Bytes;
import io.talos.contracts.error.TalosException;
import io.talos.contracts.json.Limits;
import io.talos.contracts.json.StrictJson;
import io.talos.contracts.registry.Registries;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Mallory looks for a value that a schema takes for something that it is not. */
class DeceivedSchemaTest {
  private static final String THREATS = "registry/threats.v1";

  private final SchemaLibrary library = new SchemaLibrary();

  @Test
  void the_threat_registry_itself_fits() {
    assertThat(library.violations(THREATS, Registries.read("threats"))).isEmpty();
  }

  @Test
  void an_identifier_with_a_line_break_after_it_is_refused() {
    JsonObject threats = threats("T-MITM-01\n");

    List<SchemaLibrary.Violation> violations = library.violations(THREATS, threats);

    assertThat(violations).extracting(SchemaLibrary.Violation::keyword).contains("pattern");
    assertThat(library.violations(THREATS, threats("T-MITM-01"))).isEmpty();
  }

  @Test
  void a_member_that_nobody_named_is_refused_and_pointed_at() {
    JsonObject threats =
        Json.createObjectBuilder(threats("T-MITM-01")).add("admin", JsonValue.TRUE).build();

    List<SchemaLibrary.Violation> violations = library.violations(THREATS, threats);

    assertThat(violations)
        .extracting(SchemaLibrary.Violation::pointer)
        .anyMatch(pointer -> pointer.equals("/admin") || pointer.isEmpty());
  }

  @Test
  void numbers_at_the_edge_of_what_the_reader_takes_do_not_slow_the_validator_down() {
    // The furthest scale on both sides, and as many of them as one text may hold.
    String text = "[" + "9e307,1e-400,".repeat(20_000) + "1]";
    JsonValue value = StrictJson.parse(Bytes.utf8(text), Limits.REQUEST);
    JsonObject threats = Json.createObjectBuilder().add("version", value).build();

    assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> library.violations(THREATS, threats).size());
    for (String bomb : List.of("1e1000000000", "1e-1000000000", "0e1000000000")) {
      assertThat(refused(bomb)).as(bomb).isTrue();
    }
  }

  private static boolean refused(String text) {
    try {
      StrictJson.parse(Bytes.utf8(text), Limits.REQUEST);
      return false;
    } catch (TalosException e) {
      return true;
    }
  }

  private static JsonObject threats(String id) {
    JsonObject threat =
        Json.createObjectBuilder()
            .add("id", id)
            .add("title", "a title")
            .add("claim", "a claim")
            .add("status", "out-of-scope")
            .add("why", "a reason")
            .build();
    return Json.createObjectBuilder()
        .add("registry", "talos.threats")
        .add("version", 1)
        .add("threats", Json.createArrayBuilder().add(threat))
        .build();
  }
}
