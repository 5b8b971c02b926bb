package io.talos.identity.rest;

import io.talos.contracts.time.WireTime;
import io.talos.identity.directory.Org;

/** An organisation, in the form that Talos 1.x gave it. */
public record OrgResponse(
    String schemaId,
    String schemaVersion,
    String id,
    String name,
    String domain,
    String createdAt) {
  static OrgResponse of(Org org) {
    return new OrgResponse(
        "talos.org",
        "v2",
        org.id().text(),
        org.name(),
        org.domain().text(),
        WireTime.format(org.createdAt()));
  }
}
