package io.talos.a2a.rest;

/**
 * The body that acknowledges frames; schema {@code a2a/frame_ack_request.v1}.
 *
 * @param cursor up to where, as the inbox gave it out
 */
public record FrameAckRequest(String cursor) {}
