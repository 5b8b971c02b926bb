package io.talos.policy.rest;

import org.jspecify.annotations.Nullable;

/**
 * The body of an introspection; schema {@code policy/introspection_request.v1}.
 *
 * @param capability header text
 * @param source the address that it would be used from
 */
public record IntrospectionRequest(String capability, @Nullable String source) {}
