package io.talos.policy.rest;

import io.talos.policy.GrantCapability.Wish;
import jakarta.json.JsonObject;
import jakarta.json.bind.annotation.JsonbProperty;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The body of a grant; schema {@code policy/capability_grant_request.v1}. */
public record CapabilityGrantRequest(
    String subject,
    List<String> scope,
    @JsonbProperty("not_before") @Nullable Instant notBefore,
    @JsonbProperty("expires_at") Instant expiresAt,
    @JsonbProperty("delegation_depth") @Nullable Integer delegationDepth,
    @Nullable Long calls,
    @Nullable List<JsonObject> constraints) {

  Wish wish() {
    return new Wish(
        subject,
        scope,
        Optional.ofNullable(notBefore),
        expiresAt,
        delegationDepth == null ? 0 : delegationDepth,
        calls == null ? OptionalLong.empty() : OptionalLong.of(calls),
        constraints == null ? List.of() : constraints);
  }
}
