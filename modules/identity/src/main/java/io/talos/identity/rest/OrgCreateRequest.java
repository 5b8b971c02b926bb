package io.talos.identity.rest;

/** Body of {@code POST /identity/orgs}. */
public record OrgCreateRequest(String name, String domain) {}
