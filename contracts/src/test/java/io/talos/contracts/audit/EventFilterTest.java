package io.talos.contracts.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.json.Json;
import jakarta.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Mallory wants an event to be passed over by those who look for it. */
class EventFilterTest {
  private static final JsonObject EVENT =
      Json.createObjectBuilder()
          .add("ts", "2026-11-30T05:00:00.250Z")
          .add("kind", "session.opened")
          .add("surface_id", "a2a.sessions.open")
          .add("result", "success")
          .add("request_id", "01890a5e-7c3a-7000-8000-000000000001")
          .add("principal", Json.createObjectBuilder().add("id", "did:key:zBob"))
          .add("resource", Json.createObjectBuilder().add("id", "s-1"))
          .build();

  private static final Map<String, String> WHOLE =
      Map.of(
          "kind", "session.opened",
          "surface", "a2a.sessions.open",
          "result", "success",
          "request", "01890a5e-7c3a-7000-8000-000000000001",
          "principal", "did:key:zBob",
          "resource", "s-1",
          "from", "2026-11-30T05:00:00.250Z",
          "to", "2026-11-30T05:00:00.251Z");

  private static final Map<String, String> OTHER =
      Map.of(
          "kind", "session.closed",
          "surface", "a2a.sessions.close",
          "result", "denied",
          "request", "01890a5e-7c3a-7000-8000-000000000002",
          "principal", "did:key:zMallory",
          "resource", "s-2",
          "from", "2026-11-30T05:00:00.251Z",
          "to", "2026-11-30T05:00:00.250Z");

  @Test
  void every_part_must_fit_and_each_alone_decides() {
    assertThat(EventFilter.of(WHOLE).accepts(EVENT)).isTrue();
    OTHER.forEach(
        (name, value) -> {
          assertThat(EventFilter.of(Map.of(name, WHOLE.get(name))).accepts(EVENT)).isTrue();
          assertThat(EventFilter.of(Map.of(name, value)).accepts(EVENT)).as(name).isFalse();
        });
    assertThat(OTHER.keySet()).isEqualTo(EventFilter.NAMES);
  }

  @Test
  void an_event_without_the_part_does_not_fit_it() {
    JsonObject bare = Json.createObjectBuilder().add("ts", "2026-11-30T05:00:00.250Z").build();

    assertThat(EventFilter.all().accepts(bare)).isTrue();
    for (String name : EventFilter.NAMES) {
      if (!name.equals("from") && !name.equals("to")) {
        assertThat(EventFilter.of(Map.of(name, WHOLE.get(name))).accepts(bare)).isFalse();
      }
    }
  }

  @Test
  void its_parts_are_read_back() {
    EventFilter filter = EventFilter.of(WHOLE);

    assertThat(EventFilter.of(filter.parts())).isEqualTo(filter);
    assertThat(filter.parts()).isEqualTo(WHOLE);
  }
}
