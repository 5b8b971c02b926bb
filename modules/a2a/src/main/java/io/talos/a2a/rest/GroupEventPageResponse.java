package io.talos.a2a.rest;

import io.talos.a2a.ReadGroupHistory;
import io.talos.a2a.groups.GroupEvent;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some events of a group's history; schema {@code a2a/group_event_page.v1}. */
public record GroupEventPageResponse(
    List<JsonObject> events, @JsonbProperty("next_cursor") @Nullable String nextCursor) {

  static GroupEventPageResponse of(ReadGroupHistory.Page page) {
    return new GroupEventPageResponse(
        page.events().stream().map(GroupEvent::toJson).toList(), page.nextCursor().orElse(null));
  }
}
