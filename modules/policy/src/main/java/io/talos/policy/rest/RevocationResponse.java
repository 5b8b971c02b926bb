package io.talos.policy.rest;

/**
 * A link that is revoked now.
 *
 * @param link its hash in hex
 */
public record RevocationResponse(String link, String reason) {}
