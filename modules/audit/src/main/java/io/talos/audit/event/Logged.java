package io.talos.audit.event;

import jakarta.json.JsonObject;

/**
 * An event at its place in a log.
 *
 * @param logSeq its entry's index
 */
public record Logged(long logSeq, JsonObject event) {}
