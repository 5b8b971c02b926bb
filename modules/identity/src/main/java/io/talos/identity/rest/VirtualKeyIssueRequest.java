package io.talos.identity.rest;

import io.talos.contracts.time.WireTime;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Body of {@code POST /identity/keys}. */
public record VirtualKeyIssueRequest(String name, @Nullable String expiresAt) {
  Optional<Instant> end() {
    return Optional.ofNullable(expiresAt).map(WireTime::parse);
  }
}
