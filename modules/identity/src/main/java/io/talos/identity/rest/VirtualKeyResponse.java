package io.talos.identity.rest;

import io.talos.contracts.time.WireTime;
import io.talos.identity.IssueVirtualKey;

/** A new virtual key; the only answer that ever holds one. */
public record VirtualKeyResponse(String id, String key, String name, String expiresAt) {
  static VirtualKeyResponse of(IssueVirtualKey.Issued issued) {
    return new VirtualKeyResponse(
        issued.key().id().text(),
        issued.text().reveal(),
        issued.key().name(),
        WireTime.format(issued.key().expiresAt()));
  }
}
