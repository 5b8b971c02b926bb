package io.talos.a2a.frames;

import io.talos.contracts.channel.UnverifiedFrame;
import java.time.Instant;

/**
 * A frame that was accepted.
 *
 * @param content what the sender signed; opaque here
 * @param recipientId for whom it is
 * @param position its place in the recipient's order within the session, from 1
 * @param inboxPosition its place in the recipient's order across sessions, from 1
 * @param acceptedAt when the server took it
 */
public record StoredFrame(
    UnverifiedFrame content,
    String recipientId,
    long position,
    long inboxPosition,
    Instant acceptedAt) {}
