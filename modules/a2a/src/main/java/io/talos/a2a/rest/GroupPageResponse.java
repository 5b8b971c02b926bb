package io.talos.a2a.rest;

import io.talos.a2a.ListGroups;
import io.talos.a2a.groups.Group;
import io.talos.contracts.id.UuidV7;
import io.talos.contracts.time.WireTime;
import jakarta.json.bind.annotation.JsonbProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some of the caller's groups; schema {@code a2a/group_page.v1}. */
public record GroupPageResponse(
    List<Head> groups, @JsonbProperty("next_cursor") @Nullable String nextCursor) {

  /** A group without its members. */
  public record Head(
      @JsonbProperty("group_id") String groupId,
      @Nullable String name,
      @JsonbProperty("owner_id") String ownerId,
      String state,
      long epoch,
      @JsonbProperty("created_at") String createdAt) {
    static Head of(Group group) {
      return new Head(
          group.id().text(),
          group.name().orElse(null),
          group.owner(),
          group.state().wire(),
          group.epoch(),
          WireTime.format(group.createdAt()));
    }
  }

  static GroupPageResponse of(ListGroups.Page page) {
    return new GroupPageResponse(
        page.groups().stream().map(Head::of).toList(), page.next().map(UuidV7::text).orElse(null));
  }
}
