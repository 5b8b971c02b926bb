package io.talos.policy.rest;

import jakarta.json.bind.annotation.JsonbProperty;
import org.jspecify.annotations.Nullable;

/**
 * Grants that are revoked now.
 *
 * @param subject the agent's DID in its native form
 * @param revoked how many of them were not before
 * @param nextCursor where to go on; absent when no grant is left
 */
public record GrantsRevocationResponse(
    String subject,
    String reason,
    int revoked,
    @JsonbProperty("next_cursor") @Nullable String nextCursor) {}
