package io.talos.a2a.rest;

/**
 * What was acknowledged; schema {@code a2a/frame_ack.v1}.
 *
 * @param cursor as the caller sent it
 */
public record FrameAckResponse(String cursor) {}
