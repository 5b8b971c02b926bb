package io.talos.a2a.rest;

import io.talos.a2a.groups.Entries;
import io.talos.contracts.codec.Base64Url;
import io.talos.contracts.id.UuidV7;
import jakarta.json.bind.annotation.JsonbProperty;

/** What an external commit is made from; schema {@code a2a/group_info.v1}. */
public record GroupInfoResponse(
    @JsonbProperty("group_id") String groupId,
    long epoch,
    @JsonbProperty("group_info") String groupInfo) {

  static GroupInfoResponse of(UuidV7 group, Entries.Info info) {
    return new GroupInfoResponse(group.text(), info.epoch(), Base64Url.encode(info.content()));
  }
}
