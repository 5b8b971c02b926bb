package io.talos.a2a.rest;

/** The body that sends a message to a group; schema {@code a2a/group_message_request.v1}. */
public record GroupMessageRequest(long epoch, String message) {}
