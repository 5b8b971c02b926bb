package io.talos.contracts.capability;

import java.time.Instant;

/**
 * How a capability is shown.
 *
 * @param presenter the caller's principal id, proved by their own signature
 * @param need what it is shown for
 * @param now the one instant of the operation
 */
public record Presentation(String presenter, Need need, Instant now) {}
