package io.talos.identity.rest;

import io.talos.contracts.time.WireTime;
import io.talos.identity.IssueVirtualKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /identity/keys}. */
public record VirtualKeyIssueRequest(
    String name, @Nullable String expiresAt, @Nullable String teamId, @Nullable String principal) {
  IssueVirtualKey.Wanted wanted() {
    return new IssueVirtualKey.Wanted(
        name,
        Optional.ofNullable(expiresAt).map(WireTime::parse),
        DirectoryPage.id(teamId),
        DirectoryPage.id(principal));
  }
}
