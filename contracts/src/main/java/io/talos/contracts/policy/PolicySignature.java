package io.talos.contracts.policy;

import io.talos.contracts.Bytes;
import io.talos.contracts.did.Did;

/**
 * A signature over a {@link PolicyStatement}.
 *
 * @param key the signer's {@code did:key}
 * @param signature 64 bytes, Ed25519
 */
public record PolicySignature(Did key, Bytes signature) {}
