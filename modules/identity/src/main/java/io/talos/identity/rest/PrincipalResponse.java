package io.talos.identity.rest;

import io.talos.contracts.did.Did;
import io.talos.contracts.time.WireTime;
import io.talos.identity.directory.Member;
import org.jspecify.annotations.Nullable;

/** A principal, in the form that Talos 1.x gave it, with a DID where an agent signs. */
public record PrincipalResponse(
    String schemaId,
    String schemaVersion,
    String id,
    String principalId,
    String type,
    String authMode,
    String status,
    String teamId,
    String orgId,
    @Nullable String did,
    @Nullable String displayName,
    String createdAt,
    @Nullable String revokedAt) {
  static PrincipalResponse of(Member member) {
    return new PrincipalResponse(
        "talos.principal",
        "v2",
        member.id().text(),
        member.name(),
        member.kind().wire(),
        member.kind().authMode(),
        member.status().wire(),
        member.team().text(),
        member.org().text(),
        member.did().map(Did::text).orElse(null),
        member.displayName().orElse(null),
        WireTime.format(member.createdAt()),
        member.revokedAt().map(WireTime::format).orElse(null));
  }
}
