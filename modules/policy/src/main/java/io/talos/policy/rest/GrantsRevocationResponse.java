package io.talos.policy.rest;

/**
 * Grants that are revoked now.
 *
 * @param revoked how many of them were not before
 */
public record GrantsRevocationResponse(String subject, String reason, int revoked) {}
