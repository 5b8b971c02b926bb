package io.talos.policy.rest;

/**
 * What a verifier of this server's capabilities must know.
 *
 * @param issuer DID of the root issuer
 * @param audience what this server is called in capabilities
 */
public record IssuerResponse(String issuer, String audience) {}
