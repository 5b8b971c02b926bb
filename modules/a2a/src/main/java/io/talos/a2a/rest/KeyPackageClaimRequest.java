package io.talos.a2a.rest;

import jakarta.json.bind.annotation.JsonbProperty;

/** The body that claims a key package; schema {@code a2a/key_package_claim_request.v1}. */
public record KeyPackageClaimRequest(@JsonbProperty("agent_id") String agentId) {}
