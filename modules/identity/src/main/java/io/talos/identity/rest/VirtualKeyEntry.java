package io.talos.identity.rest;

import io.talos.contracts.id.UuidV7;
import io.talos.contracts.time.WireTime;
import io.talos.identity.keys.VirtualKey;
import org.jspecify.annotations.Nullable;

/** A virtual key in a listing: nothing of its secret. */
public record VirtualKeyEntry(
    String id,
    String name,
    String pepperId,
    @Nullable String teamId,
    @Nullable String principal,
    String issuedAt,
    String expiresAt,
    @Nullable String revokedAt,
    @Nullable String lastUsedAt) {
  static VirtualKeyEntry of(VirtualKey key) {
    return new VirtualKeyEntry(
        key.id().text(),
        key.name(),
        key.pepperId(),
        key.team().map(UuidV7::text).orElse(null),
        key.principal().map(UuidV7::text).orElse(null),
        WireTime.format(key.issuedAt()),
        WireTime.format(key.expiresAt()),
        key.revokedAt().map(WireTime::format).orElse(null),
        key.lastUsedAt().map(WireTime::format).orElse(null));
  }
}
