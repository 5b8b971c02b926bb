package io.talos.a2a.rest;

import org.jspecify.annotations.Nullable;

/** The body that makes a group; schema {@code a2a/group_create_request.v1}. */
public record GroupCreateRequest(@Nullable String name) {}
