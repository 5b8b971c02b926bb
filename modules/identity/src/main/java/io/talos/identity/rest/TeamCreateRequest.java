package io.talos.identity.rest;

/** Body of {@code POST /identity/teams}. */
public record TeamCreateRequest(String orgId, String name) {}
