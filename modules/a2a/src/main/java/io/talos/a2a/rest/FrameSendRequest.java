package io.talos.a2a.rest;

import jakarta.json.JsonObject;

/**
 * The body that sends a frame; schema {@code a2a/frame_send_request.v1}.
 *
 * @param frame stays the JSON that it is: its sender signed parts of it
 */
public record FrameSendRequest(JsonObject frame) {}
