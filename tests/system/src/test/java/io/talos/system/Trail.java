package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.contracts.error.ErrorCode;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.registry.MetaAllowList;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;

/** What the audit log holds, read as the role that owns its tables. */
final class Trail {
  private final Stack stack;

  Trail(Stack stack) {
    this.stack = stack;
  }

  /** The events of one request. */
  List<JsonObject> of(UuidV7 request) {
    return events("request_id = '" + request + "'");
  }

  /** The events for which a condition over {@code audit.event} holds, oldest first. */
  List<JsonObject> events(String condition) {
    return stack
        .column("select event from audit.event where " + condition + " order by ts, event_id")
        .stream()
        .map(Trail::json)
        .map(Trail::whole)
        .toList();
  }

  /** What a caller wrote may be left out; of what was changed, Talos itself speaks. */
  private static JsonObject whole(JsonObject event) {
    if (event.getString("phase").equals("act")) {
      assertThat(event.getJsonObject("meta")).doesNotContainKey(MetaAllowList.APPLIED);
    }
    return event;
  }

  /** The one event of this kind that the request caused. */
  JsonObject one(UuidV7 request, String kind) {
    List<JsonObject> found =
        of(request).stream().filter(event -> event.getString("kind").equals(kind)).toList();
    assertThat(found).as(kind).hasSize(1);
    return found.get(0);
  }

  /** The chain stopped the request: it was never admitted, and the log says who was refused why. */
  void stopped(UuidV7 request, ErrorCode code, String principal) {
    List<JsonObject> all = of(request);
    assertThat(all).hasSize(1);
    JsonObject event = all.get(0);
    assertThat(event.getString("kind")).isEqualTo("request.refused");
    assertThat(event.getString("result")).isEqualTo("denied");
    assertThat(event.getString("code")).isEqualTo(code.name());
    assertThat(event.getJsonObject("principal").getString("id")).isEqualTo(principal);
  }

  /** The request was admitted, and what it asked for was refused; nothing else happened. */
  void failed(UuidV7 request, ErrorCode code, String principal) {
    List<JsonObject> all = of(request);
    assertThat(all)
        .extracting(event -> event.getString("kind"))
        .containsExactlyInAnyOrder("request.admitted", "request.finished");
    JsonObject outcome = one(request, "request.finished");
    assertThat(outcome.getString("result")).isEqualTo("failure");
    assertThat(outcome.getString("code")).isEqualTo(code.name());
    assertThat(one(request, "request.admitted").getJsonObject("principal").getString("id"))
        .isEqualTo(principal);
  }

  private static JsonObject json(String text) {
    try (var reader = Json.createReader(new StringReader(text))) {
      return reader.readObject();
    }
  }
}
