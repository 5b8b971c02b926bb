package io.talos.identity.rest;

import io.talos.contracts.id.UuidV7;
import io.talos.contracts.principal.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who the server thinks is calling. */
public record WhoAmIResponse(
    String kind,
    String id,
    List<String> roles,
    String mode,
    @Nullable String team,
    @Nullable String org) {
  static WhoAmIResponse of(Principal principal) {
    return new WhoAmIResponse(
        principal.kind().wire(),
        principal.id(),
        principal.roles().stream().sorted().toList(),
        principal.mode().wire(),
        principal.team().map(UuidV7::text).orElse(null),
        principal.org().map(UuidV7::text).orElse(null));
  }
}
