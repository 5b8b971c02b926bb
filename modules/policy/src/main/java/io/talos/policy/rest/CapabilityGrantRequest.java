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
    @JsonbProperty("spend_micro_usd") @Nullable Long spendMicroUsd,
    @Nullable List<String> sources,
    @Nullable List<JsonObject> constraints) {

  Wish wish() {
    return new Wish(
        subject,
        scope,
        Optional.ofNullable(notBefore),
        expiresAt,
        delegationDepth == null ? 0 : delegationDepth,
        limit(calls),
        limit(spendMicroUsd),
        sources == null ? List.of() : sources,
        constraints == null ? List.of() : constraints);
  }

  private static OptionalLong limit(@Nullable Long limit) {
    return limit == null ? OptionalLong.empty() : OptionalLong.of(limit);
  }
}
