package io.talos.contracts.audit;

import io.talos.contracts.Bytes;
import io.talos.contracts.principal.Proof;
import java.util.Optional;

/**
 * What lets a third party check that the caller really asked.
 *
 * @param proof the caller's signature, or the name of a bearer credential, which proves nothing
 * @param capabilityHash SHA-256 of the presented capability chain
 * @param contentDigest SHA-256 of the request body
 */
public record Evidence(
    Proof proof, Optional<Bytes> capabilityHash, Optional<Bytes> contentDigest) {}
