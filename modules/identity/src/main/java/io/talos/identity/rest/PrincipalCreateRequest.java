package io.talos.identity.rest;

import io.talos.contracts.did.Did;
import io.talos.contracts.id.UuidV7;
import io.talos.identity.CreatePrincipal;
import io.talos.identity.directory.Member;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /identity/principals}; the schema has seen that type and mode agree. */
public record PrincipalCreateRequest(
    String principalId,
    String type,
    String authMode,
    String teamId,
    @Nullable String did,
    @Nullable String displayName) {
  CreatePrincipal.Wanted wanted() {
    return new CreatePrincipal.Wanted(
        Member.Kind.valueOf(type.toUpperCase(Locale.ROOT)),
        principalId,
        new UuidV7(teamId),
        Optional.ofNullable(did).map(Did::parse),
        Optional.ofNullable(displayName));
  }
}
