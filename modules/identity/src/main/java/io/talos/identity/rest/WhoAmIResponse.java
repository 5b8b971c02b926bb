package io.talos.identity.rest;

import io.talos.contracts.principal.Principal;
import java.util.List;

/** Who the server thinks is calling. */
public record WhoAmIResponse(String kind, String id, List<String> roles, String mode) {
  static WhoAmIResponse of(Principal principal) {
    return new WhoAmIResponse(
        principal.kind().wire(),
        principal.id(),
        principal.roles().stream().sorted().toList(),
        principal.mode().wire());
  }
}
