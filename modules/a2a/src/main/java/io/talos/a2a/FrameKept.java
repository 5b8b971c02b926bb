package io.talos.a2a;

/**
 * A frame was given its place; told within this module, beside the audited {@code FrameAccepted}.
 *
 * @param recipientId whose readers are to look
 */
record FrameKept(String recipientId) {}
