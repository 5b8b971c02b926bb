package io.talos.policy.rest;

import org.jspecify.annotations.Nullable;

/** The body of a revocation of all grants; schema {@code policy/grants_revocation_request.v1}. */
public record GrantsRevocationRequest(String subject, String reason, @Nullable String cursor) {}
