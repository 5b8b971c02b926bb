package io.talos.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.talos.client.Identity;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An agent's inbox over plain HTTP, at either node. */
record Inbox(Stack stack, Http http, Identity owner) {
  private static final int PAGES_MAX = 200;

  /** What a page holds. */
  record Page(List<JsonObject> items, String cursor) {
    List<Long> positions() {
      return items.stream().map(item -> item.getJsonNumber("position").longValue()).toList();
    }

    List<String> digests() {
      return items.stream()
          .map(item -> item.getJsonObject("frame").getString("frame_digest"))
          .toList();
    }
  }

  static Inbox of(Stack stack, Identity owner) {
    return new Inbox(stack, stack.http(), owner);
  }

  Http.Answer get(String query) {
    return http.send(
        http.request("GET", "/a2a/frames" + query)
            .signed(stack.baseUri(), owner.signing(), Optional.empty()));
  }

  Page page(Optional<String> cursor, String more) {
    Http.Answer answer = get("?limit=100" + cursor.map(c -> "&cursor=" + c).orElse("") + more);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return page(answer);
  }

  static Page page(Http.Answer answer) {
    JsonObject json = answer.json();
    return new Page(
        json.getJsonArray("frames").stream().map(JsonValue::asJsonObject).toList(),
        json.getString("next_cursor"));
  }

  Page page(Optional<String> cursor) {
    return page(cursor, "");
  }

  /** Everything from {@code cursor} on, page by page, until {@code count} are there. */
  Page follow(Optional<String> cursor, int count) {
    List<JsonObject> items = new ArrayList<>();
    Optional<String> next = cursor;
    for (int i = 0; i < PAGES_MAX && items.size() < count; i++) {
      Page page = page(next);
      items.addAll(page.items());
      next = Optional.of(page.cursor());
    }
    return new Page(items, next.orElseThrow());
  }

  Http.Answer acknowledge(String cursor) {
    return http.send(
        http.request("POST", "/a2a/frames/ack")
            .json(Json.createObjectBuilder().add("cursor", cursor).build().toString())
            .signed(stack.baseUri(), owner.signing(), Optional.empty()));
  }
}
