package io.talos.audit.event;

import java.time.Instant;

/**
 * How many events of a bucket have one thing in common.
 *
 * @param start when the bucket begins
 * @param by what they have in common: phase, result, kind, code or surface
 * @param value which one
 */
public record Count(Instant start, String by, String value, long events) {}
