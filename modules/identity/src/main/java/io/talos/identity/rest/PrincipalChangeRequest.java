package io.talos.identity.rest;

import io.talos.contracts.id.UuidV7;
import io.talos.identity.directory.Member;
import java.util.Locale;

/** Body of {@code PUT /identity/principals/{id}}. */
public record PrincipalChangeRequest(String status, String teamId) {
  Member.Status wanted() {
    return Member.Status.valueOf(status.toUpperCase(Locale.ROOT));
  }

  UuidV7 team() {
    return new UuidV7(teamId);
  }
}
