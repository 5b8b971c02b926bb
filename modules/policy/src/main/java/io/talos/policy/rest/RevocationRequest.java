package io.talos.policy.rest;

import org.jspecify.annotations.Nullable;

/**
 * The body of a revocation; schema {@code policy/revocation_request.v1}.
 *
 * @param link hash of the link in hex
 * @param reason one of a closed list
 * @param capability header text of a capability that holds the link; needed of an agent
 */
public record RevocationRequest(String link, String reason, @Nullable String capability) {}
