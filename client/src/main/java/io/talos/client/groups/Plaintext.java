package io.talos.client.groups;

import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;

/**
 * A message that was received.
 *
 * @param sender who signed it
 * @param epoch the epoch it was sent in
 */
public record Plaintext(Did sender, long epoch, Bytes content) {}
