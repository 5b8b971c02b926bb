package io.talos.contracts.capability;

import io.talos.contracts.Bytes;
import jakarta.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A chain that {@link CapabilityVerifier} found good for one presentation. Revocation and used-up
 * calls are not in the chain; whoever admits a request checks those.
 */
public final class Capability {
  private final UnverifiedCapability chain;
  private final List<Bytes> linkHashes;
  private final Bytes hash;

  Capability(UnverifiedCapability verified, List<Bytes> linkHashes) {
    this.chain = verified;
    this.linkHashes = List.copyOf(linkHashes);
    this.hash = verified.hash();
  }

  /** SHA-256 of the whole chain, signatures included. */
  public Bytes hash() {
    return hash;
  }

  /** The links, root first. */
  public List<Link> links() {
    return chain.links();
  }

  /** The hash of every link, root first. */
  public List<Bytes> linkHashes() {
    return linkHashes;
  }

  /** What the last link says. */
  public Terms terms() {
    return chain.leaf().terms();
  }

  /**
   * A constraint that {@code arguments} break; empty when they keep all. Every link's are asked,
   * though the last one's imply the others', so that one mistake is not enough to widen a right.
   */
  public Optional<Constraint> brokenBy(JsonObject arguments) {
    return chain.links().stream()
        .flatMap(link -> link.terms().constraints().stream())
        .filter(constraint -> !constraint.holds(arguments))
        .findFirst();
  }
}
