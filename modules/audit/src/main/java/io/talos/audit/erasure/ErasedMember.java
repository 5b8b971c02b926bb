package io.talos.audit.erasure;

import io.talos.contracts.id.UuidV7;

/**
 * A personal member that is gone.
 *
 * @param eventId the event that it was of
 * @param name the member's name, as the event's commitments have it
 * @param erasure the erasure that took it
 */
public record ErasedMember(UuidV7 eventId, String name, Erasure erasure) {}
