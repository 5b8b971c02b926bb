package io.talos.policy.rest;

import io.talos.contracts.Bytes;
import java.util.List;

/**
 * A capability.
 *
 * @param capability text for the {@code Talos-Capability} header
 * @param hash SHA-256 of the chain in hex
 * @param links SHA-256 of every link in hex, root first
 */
public record CapabilityResponse(String capability, String hash, List<String> links) {
  static CapabilityResponse of(String header, Bytes hash, List<Bytes> links) {
    return new CapabilityResponse(header, hash.hex(), links.stream().map(Bytes::hex).toList());
  }
}
