package io.talos.identity.rest;

import io.talos.contracts.id.UuidV7;
import io.talos.contracts.time.WireTime;
import io.talos.identity.IssueVirtualKey;
import org.jspecify.annotations.Nullable;

/** A new virtual key; the only answer that ever holds one. */
public record VirtualKeyResponse(
    String id,
    String key,
    String name,
    String pepperId,
    @Nullable String teamId,
    @Nullable String principal,
    String expiresAt) {
  static VirtualKeyResponse of(IssueVirtualKey.Issued issued) {
    return new VirtualKeyResponse(
        issued.key().id().text(),
        issued.text().reveal(),
        issued.key().name(),
        issued.key().pepperId(),
        issued.key().team().map(UuidV7::text).orElse(null),
        issued.key().principal().map(UuidV7::text).orElse(null),
        WireTime.format(issued.key().expiresAt()));
  }
}
